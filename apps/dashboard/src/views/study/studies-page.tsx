// All studies of this coordinator.
import { type ReactNode, useEffect } from 'react';
import { ask } from '../../api/client.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { Notice, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';

export function StudiesPage(): ReactNode {
  const { value: studies, failure } = usePolled(
    'studies',
    (signal) => ask('listStudies', {}, signal),
    10_000,
  );
  const only = studies?.length === 1 ? studies[0] : undefined;
  useEffect(() => {
    if (only) location.replace(hrefs.study(only.id));
  }, [only]);
  if (!studies) return <Waiting failure={failure} what="list of studies" />;
  if (studies.length === 0)
    return (
      <Notice kind="empty" title="No study yet">
        The trial office creates the first one: <code>sidemark study create NAME --title TITLE</code>
      </Notice>
    );
  return (
    <>
      <PageHead title="Studies" crumbs={[]} />
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
