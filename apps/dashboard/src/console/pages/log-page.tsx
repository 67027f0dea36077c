// The last lines of the agent's log, and what it told its people.
import { type ReactNode, useState } from 'react';
import type { ConsoleLog } from '@sidemark/core/contract';
import { usePolled } from '../../live/use-polled.ts';
import { Notice, Stale } from '../../views/parts/notice.tsx';
import { PageHead } from '../../views/parts/page-head.tsx';
import { agent } from '../ask.ts';
import { Waiting } from '../parts/waiting.tsx';

type Level = ConsoleLog['lines'][number]['level'];
const levelWords: Readonly<Record<Level, string>> = { told: 'told', info: 'info', warn: 'warning' };

export function LogPage(): ReactNode {
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  const { value, failure } = usePolled('log', agent.log, 2000);
  if (!value) return <Waiting failure={failure} what="log" />;
  if (value.lines.length === 0)
    return (
      <Notice title="Nothing was logged yet" kind="empty">
        The agent has just started.
      </Notice>
    );
  const lines = value.lines.filter(({ level }) => !onlyWarnings || level === 'warn');
  return (
    <>
      <PageHead title="Log" crumbs={[]}>
        <p className="quiet">
          The last thousand lines since the agent started, newest first, in UTC. No name of a file or a
          patient is in them.
        </p>
        <p className="line">
          <label>
            <input
              type="checkbox"
              checked={onlyWarnings}
              onChange={(event) => setOnlyWarnings(event.target.checked)}
            />{' '}
            warnings only
          </label>
        </p>
      </PageHead>
      <Stale failure={failure} />
      {lines.length === 0 ? (
        <p className="hint">No warning among them.</p>
      ) : (
        <ol className="log" tabIndex={0} aria-label="Lines of the log">
          {lines.map(({ at, level, text }, i) => (
            <li key={`${at} ${lines.length - i}`} className={level}>
              <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')}</time>
              <span className="level">{levelWords[level]}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
