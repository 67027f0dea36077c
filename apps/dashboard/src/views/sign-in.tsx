// Signing in with the administrator token. It stays in this tab, and is gone when the tab is closed.
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { ask, Failure } from '../api/client.ts';
import { session } from '../api/session.ts';

export function SignIn({ refused }: { refused: boolean }): ReactNode {
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    document.title = 'Sign in – Sidemark';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    ask('listStudies', {}, undefined, token.trim())
      .then(() => session.open(token.trim()))
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => setBusy(false));
  };
  const said =
    problem ?? (refused ? 'The coordinator no longer takes this token. Sign in again.' : undefined);
  return (
    <main className="sign-in">
      <form onSubmit={submit} className="card">
        <p className="brand">
          <span aria-hidden="true" className="brand-mark" />
          Sidemark
        </p>
        <h1>Sign in</h1>
        <label htmlFor="token">Administrator token</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus
          value={token}
          onChange={(event) => setToken(event.target.value)}
          aria-describedby="token-help"
        />
        <p id="token-help" className="quiet">
          The coordinator printed it when it first started. It is kept in this tab only, and forgotten when
          the tab is closed.
        </p>
        {said && (
          <p role="alert" className="alert">
            {said}
          </p>
        )}
        <button type="submit" disabled={busy}>
          {busy ? 'Asking the coordinator …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

function problemOf(error: unknown): string {
  if (error instanceof Failure && error.code === 'unauthenticated')
    return 'That is not the administrator token. It begins with smk_, and stands in what the coordinator printed.';
  return error instanceof Error ? error.message : String(error);
}
