// What waits for whom, on the page of a study.
import type { ReactNode } from 'react';
import type { Waiting } from './waiting.ts';

const heads: Readonly<Record<Waiting['whom'], string>> = {
  office: 'Waits for the trial office',
  hospital: 'Waits for a hospital',
  machine: 'Under way by itself',
};

export function WaitingList({ waiting }: { waiting: readonly Waiting[] }): ReactNode {
  if (waiting.length === 0) return <p className="hint">Nothing waits for anybody.</p>;
  return (
    <div className="waiting">
      {(['office', 'hospital', 'machine'] as const).map((whom) => {
        const own = waiting.filter((one) => one.whom === whom);
        return own.length === 0 ? null : (
          <div key={whom} className={`card ${whom}`}>
            <h3>{heads[whom]}</h3>
            <ul>
              {own.map(({ text, href }) => (
                <li key={text}>{href === undefined ? text : <a href={href}>{text}</a>}</li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
