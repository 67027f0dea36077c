// What `sidemark doctor` finds: each check in a line, and a remedy where it is not well.
import { type ReactNode, useState } from 'react';
import type { HealthFinding } from '@sidemark/core/contract';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { PageHead } from '../../views/parts/page-head.tsx';
import { agent } from '../ask.ts';
import { Stale } from '../../views/parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';

const signs = { good: '✓', look: '!', bad: '✗' } as const;
const spoken = { good: 'well', look: 'have a look', bad: 'not well' } as const;

export function HealthPage(): ReactNode {
  const [version, setVersion] = useState(0);
  const { value, failure } = usePolled('doctor', agent.doctor, null, `${version}`);
  if (!value) return failure ? <Waiting failure={failure} what="examination" /> : <Examining />;
  const { at, findings } = value;
  return (
    <>
      <PageHead title="Health" crumbs={[]}>
        <p className="headline">{verdict(findings)}</p>
        <p className="quiet">
          Examined {instant(at)}. The same on the command line: <code>sidemark doctor</code>.
        </p>
        <p className="buttons">
          <button type="button" className="plain large" onClick={() => setVersion(version + 1)}>
            Examine again
          </button>
        </p>
      </PageHead>
      <Stale failure={failure} />
      <ul className="findings">
        {findings.map(({ check, state, found, remedy }) => (
          <li key={check} className={state}>
            <span className="sign" role="img" aria-label={spoken[state]}>
              {signs[state]}
            </span>
            <span className="name">{check}</span>
            <span>
              {found}
              {remedy !== null && <span className="remedy">{remedy}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const Examining = (): ReactNode => (
  <p className="loading" role="status">
    Examining this machine: models are run once, a few films are read …
  </p>
);

function verdict(findings: readonly HealthFinding[]): string {
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const looks = findings.filter(({ state }) => state === 'look').length;
  if (bad > 0) return `${bad} ${bad === 1 ? 'thing keeps' : 'things keep'} this site from working.`;
  return looks > 0
    ? `This site can work; ${looks} ${looks === 1 ? 'thing deserves' : 'things deserve'} a look.`
    : 'All is well.';
}
