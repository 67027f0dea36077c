// Where a one-time link leads: the person chooses a password.
import { type ReactNode, useState } from 'react';
import { act } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { useDeed } from '../../live/use-deed.ts';
import { hrefs } from '../../routes/route.ts';
import { Form } from '../parts/form.tsx';
import { NewPassword, nothingTyped } from '../parts/new-password.tsx';
import { Sheet } from './sheet.tsx';

export function Welcome({ name, token }: { name: string; token: string }): ReactNode {
  const [password, setPassword] = useState(nothingTyped);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const view = await act('redeemLink', { token, password: password.first });
    // the link is used up: it shall not stand in the history
    location.replace(hrefs.studies);
    session.set(view);
  };
  return (
    <Sheet title={`Welcome, ${name}`}>
      <p>Choose the password you will sign in with. The link that brought you here works this once.</p>
      <Form deed={deed} onSubmit={submit} submit="Set the password and sign in">
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <NewPassword value={password} onValue={setPassword} />
      </Form>
    </Sheet>
  );
}
