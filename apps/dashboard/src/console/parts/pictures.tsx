// Pictures of a job's films, drawn on this machine when they are asked for: they are fetched with the token and shown
// from memory, and the agent takes them away when it stops.
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { ConsolePictures } from '@sidemark/core/contract';
import { usePolled } from '../../live/use-polled.ts';
import { agent } from '../ask.ts';

export function Pictures({ job }: { job: string }): ReactNode {
  const [version, setVersion] = useState(0);
  const [running, setRunning] = useState(false);
  const { value, failure } = usePolled(
    `pictures ${job}`,
    agent.pictures(job),
    running ? 1000 : null,
    `${version}`,
  );
  useEffect(() => setRunning(value?.state === 'running'), [value?.state]);
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures">Pictures of films</h2>
      <p className="quiet">
        Where the classifiers look, and each film before and after inpainting. They are drawn here when you
        ask, never leave this machine, and are gone when the agent stops.
      </p>
      {value?.state !== 'running' && <AskForRows job={job} onAsked={() => setVersion(version + 1)} />}
      {failure && value === undefined && <p className="hint">{failure.message}</p>}
      {value !== undefined && <Drawn job={job} pictures={value} />}
    </section>
  );
}

/** `3` or `1,4-9`; undefined for what is neither. */
export function rowsIn(text: string): number[] | undefined {
  const rows = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(part);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from < 1 || to < from || to - from >= 20) return undefined;
    for (let row = from; row <= to; row++) rows.add(row);
  }
  return rows.size > 20 ? undefined : [...rows].sort((a, b) => a - b);
}

function AskForRows({ job, onAsked }: { job: string; onAsked: () => void }): ReactNode {
  const [text, setText] = useState('1-3');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const rows = rowsIn(text);
    if (rows === undefined) return setProblem('Rows of the dataset, such as 3 or 1,4-9; 20 films at most.');
    setProblem(undefined);
    agent
      .draw(job, rows)
      .then(onAsked)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    <form onSubmit={submit} className="line">
      <label htmlFor="rows">Films, by row of the dataset</label>
      <input id="rows" value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
      <button type="submit">Draw</button>
      {problem && (
        <p role="alert" className="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function Drawn({ job, pictures }: { job: string; pictures: ConsolePictures }): ReactNode {
  switch (pictures.state) {
    case 'none':
      return <p className="hint">Nothing was drawn yet. The dataset has {pictures.films} films.</p>;
    case 'running':
      return (
        <p className="progress-line" role="status">
          <progress value={pictures.done} max={pictures.total} aria-label="drawing" /> drawing {pictures.done}{' '}
          of {pictures.total} films
        </p>
      );
    case 'failed':
      return (
        <p className="alert" role="alert">
          {pictures.problem.message} {pictures.problem.details.join('; ')}
        </p>
      );
    case 'done':
      return pictures.films.map(({ row, skipped, pictures: shown }) => (
        <div key={row} className="film">
          <h3>Film {row}</h3>
          {skipped !== null && <p className="quiet">Left out: {skipped}.</p>}
          <div className="film-pictures">
            {shown.map(({ file, caption }) => (
              <Picture key={file} job={job} file={file} caption={caption} />
            ))}
          </div>
        </div>
      ));
  }
}

function Picture({ job, file, caption }: { job: string; file: string; caption: string }): ReactNode {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    let made: string | undefined;
    agent.picture(job, file, stop.signal).then(
      (blob) => setAddress((made = URL.createObjectURL(blob))),
      () => undefined,
    );
    return () => {
      stop.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [job, file]);
  return (
    <figure>
      {address === undefined ? <div className="picture-place" /> : <img src={address} alt={caption} />}
      <figcaption className="quiet">{caption}</figcaption>
    </figure>
  );
}
