// Where the token of the agent is asked for, when the page was not opened by its whole address.
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { agent } from '../ask.ts';
import { door, tokenIn } from '../door.ts';

export function DoorPage({ refused }: { refused: boolean }): ReactNode {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    document.title = 'Open – Sidemark site console';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const token = tokenIn(text);
    if (token === undefined)
      return setProblem('That is no token: paste the whole line that the command prints.');
    agent
      .tryToken(token)
      .then(() => door.open(token))
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  const said =
    problem ?? (refused ? 'The agent has started anew since: each start has its own token.' : undefined);
  return (
    <main className="sign-in">
      <form onSubmit={submit} className="card">
        <p className="brand">
          <span aria-hidden="true" className="brand-mark" />
          Sidemark
        </p>
        <h1>Site console</h1>
        <p id="token-help">
          On this machine, <code>sidemark agent console</code> prints the address of this page with its token.
          Open that address, or paste it here.
        </p>
        <label htmlFor="token">Address or token</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-describedby="token-help"
        />
        {said && (
          <p role="alert" className="alert">
            {said}
          </p>
        )}
        <button type="submit">Open</button>
      </form>
    </main>
  );
}
