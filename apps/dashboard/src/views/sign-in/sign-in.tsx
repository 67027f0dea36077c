// Signing in with name and password.
import { type ReactNode, useState } from 'react';
import { act } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Field, Form } from '../parts/form.tsx';
import { Sheet } from './sheet.tsx';

export function SignIn({ hasEnded }: { hasEnded: boolean }): ReactNode {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const deed = useDeed();
  const submit = async (): Promise<void> => session.set(await act('signIn', { name, password }));
  return (
    <Sheet title="Sign in">
      {hasEnded && (
        <p role="status" className="stale">
          Your sign-in has ended. Sign in again: you come back to this page, and what was saved is there.
        </p>
      )}
      <Form deed={deed} onSubmit={submit} submit="Sign in">
        <Field
          label="Name"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          value={name}
          onText={setName}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
        />
      </Form>
      <p className="quiet">
        No account, or the password forgotten? An administrator gives you a one-time link.
      </p>
    </Sheet>
  );
}
