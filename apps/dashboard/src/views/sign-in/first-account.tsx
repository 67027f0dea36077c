// The first page of a new coordinator: whoever holds its administrator token makes the first account.
import { type ReactNode, useState } from 'react';
import { act, Failure } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Field, Form } from '../parts/form.tsx';
import { NewPassword, nothingTyped } from '../parts/new-password.tsx';
import { Sheet } from './sheet.tsx';

const notTheToken =
  'That is not the administrator token. It begins with smk_, and stands in what the coordinator printed when it first started.';

export function FirstAccount(): ReactNode {
  const [token, setToken] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState(nothingTyped);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const body = { token: token.trim(), name, password: password.first };
    session.set(await act('createFirstAccount', body).catch(inOtherWords));
  };
  return (
    <Sheet title="The first administrator">
      <p>
        Nobody has an account here yet. You make the first; it can invite everybody else, from the page{' '}
        <em>Accounts</em>.
      </p>
      <Form deed={deed} onSubmit={submit} submit="Make the account">
        <Field
          label="Administrator token"
          type="password"
          autoComplete="off"
          autoFocus
          value={token}
          onText={setToken}
          hint="The coordinator printed it when it first started. It is asked for this once."
        />
        <AccountName value={name} onText={setName} />
        <NewPassword value={password} onValue={setPassword} />
      </Form>
    </Sheet>
  );
}

/** The name of a new account. */
export function AccountName(props: { value: string; onText: (text: string) => void }): ReactNode {
  const { value, onText } = props;
  return (
    <Field
      label="Name"
      autoComplete="username"
      autoCapitalize="none"
      pattern="[a-z0-9]([a-z0-9._\-]{0,38}[a-z0-9])?"
      title="small letters, figures, and inner dots, hyphens or underscores; at most 40"
      value={value}
      onText={(text) => onText(text.toLowerCase())}
      hint="Small letters and figures, such as r.meyer."
    />
  );
}

function inOtherWords(error: unknown): never {
  if (error instanceof Failure && error.code === 'unauthenticated')
    throw new Failure(notTheToken, error.status, error.code);
  throw error;
}
