// The table of contents of the robustness page.
import type { ReactNode } from 'react';
import type { Links } from '../../routes/links.ts';
import type { Group, SectionEntry } from './section.tsx';
import { groupNames } from './sections.ts';

export interface PlacedSection {
  readonly entry: SectionEntry;
  /** why it is not there; null: it is */
  readonly absent: string | null;
}

export function Contents({ placed, links }: { placed: readonly PlacedSection[]; links: Links }): ReactNode {
  return (
    <nav className="contents" aria-label="On this page">
      {(Object.keys(groupNames) as Group[]).map((group) => {
        const own = placed.filter(({ entry, absent }) => entry.group === group && absent === null);
        return (
          own.length > 0 && (
            <div key={group}>
              <p>{groupNames[group]}</p>
              <ul>
                {own.map(({ entry: { id, title } }) => (
                  <li key={id}>
                    <a href={links.section(id)}>{title}</a>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}

/** Sections that the run has nothing for, in words. */
export function Absent({ placed }: { placed: readonly PlacedSection[] }): ReactNode {
  const own = placed.filter(({ absent }) => absent !== null);
  if (own.length === 0) return null;
  return (
    <ul className="absent-sections">
      {own.map(({ entry: { id, title }, absent }) => (
        <li key={id}>{`${title}: not here, since ${absent}.`}</li>
      ))}
    </ul>
  );
}
