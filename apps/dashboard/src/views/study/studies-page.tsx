// All studies of this coordinator.
import type { ReactNode } from 'react';
import { ask } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { Notice, Stale, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';

export function StudiesPage(): ReactNode {
  const { value: studies, failure } = usePolled(
    'studies',
    (signal) => ask('listStudies', {}, signal),
    10_000,
  );
  if (!studies) return <Waiting failure={failure} what="list of studies" />;
  const mayCreate = session.may('coordinator');
  if (studies.length === 0)
    return (
      <Notice kind="empty" title="No study yet">
        {mayCreate ? (
          <a className="button" href={hrefs.newStudy}>
            Create the first
          </a>
        ) : (
          'A person of the role coordinator creates the first.'
        )}
      </Notice>
    );
  return (
    <>
      <div className="head-row">
        <PageHead title="Studies" crumbs={[]} />
        {mayCreate && (
          <a className="button" href={hrefs.newStudy}>
            New study
          </a>
        )}
      </div>
      <Stale failure={failure} />
      <ul className="cards">
        {studies.map(({ id, title, name, state, createdAt }) => (
          <li key={id} className="card">
            <h2>
              <a href={hrefs.study(id)}>{title}</a>
            </h2>
            <p className="quiet">
              {name} · {state} · since {instant(createdAt)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
