// The buttons of a job. A press says what will happen; where work may begin, a report leave, or work be undone, the
// passphrase of the site key is asked for once more.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ConsoleJob, ConsoleJobPage, ConsoleVerb } from '@sidemark/core/contract';
import { agent } from '../ask.ts';
import { verbOrder, verbs } from '../words.ts';

export function Decision(props: { job: ConsoleJob; onDone: (page: ConsoleJobPage) => void }): ReactNode {
  const { job, onDone } = props;
  const [asked, setAsked] = useState<ConsoleVerb>();
  const open = verbOrder.filter((verb) => job.mayDo.includes(verb) && !(verb === 'hold' && job.held));
  if (open.length === 0) return null;
  const done = (page: ConsoleJobPage): void => {
    setAsked(undefined);
    onDone(page);
  };
  return (
    <section className="card decision" aria-labelledby="decide">
      <h2 id="decide">What is to happen</h2>
      <p className="buttons">
        {open.map((verb) => (
          <button
            key={verb}
            type="button"
            className={verb === 'approve' || verb === 'release' ? '' : 'plain large'}
            aria-expanded={asked === verb}
            onClick={() => setAsked(asked === verb ? undefined : verb)}
          >
            {verbs[verb].label}
          </button>
        ))}
      </p>
      {asked !== undefined && open.includes(asked) && (
        <Confirm key={asked} verb={asked} job={job.job} onDone={done} onLeave={() => setAsked(undefined)} />
      )}
    </section>
  );
}

function Confirm(props: {
  verb: ConsoleVerb;
  job: string;
  onDone: (page: ConsoleJobPage) => void;
  onLeave: () => void;
}): ReactNode {
  const { verb, job, onDone, onLeave } = props;
  const { label, means, asks } = verbs[verb];
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    agent
      .decide(job, asks ? { verb, passphrase } : { verb })
      .then(onDone)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        setBusy(false);
        setPassphrase('');
      });
  };
  return (
    <form onSubmit={submit} className="confirm">
      <p id="means">{means}</p>
      {asks && (
        <>
          <label htmlFor="passphrase">Passphrase of the site key</label>
          <input
            id="passphrase"
            type="password"
            autoComplete="off"
            required
            autoFocus
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            aria-describedby="means"
          />
        </>
      )}
      {problem && (
        <p role="alert" className="alert">
          {problem}
        </p>
      )}
      <p className="buttons">
        <button type="submit" disabled={busy}>
          {busy ? 'One moment …' : `Yes: ${label.toLowerCase()}`}
        </button>
        <button type="button" className="plain large" onClick={onLeave}>
          No
        </button>
      </p>
    </form>
  );
}
