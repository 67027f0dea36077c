// Which page of the console is seen: the door first, then what the address says.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { Notice } from '../views/parts/notice.tsx';
import { door } from './door.ts';
import { DataPage } from './pages/data-page.tsx';
import { DoorPage } from './pages/door-page.tsx';
import { EgressPage } from './pages/egress-page.tsx';
import { HealthPage } from './pages/health-page.tsx';
import { JobPage } from './pages/job-page.tsx';
import { JobsPage } from './pages/jobs-page.tsx';
import { LogPage } from './pages/log-page.tsx';
import { PayloadPage } from './pages/payload-page.tsx';
import { hrefs, readRoute, type Route } from './route.ts';

const rooms = [
  { href: hrefs.jobs, label: 'Jobs', pages: ['jobs', 'job'] },
  { href: hrefs.egress, label: 'What leaves', pages: ['egress', 'payload'] },
  { href: hrefs.data, label: 'Data', pages: ['data'] },
  { href: hrefs.health, label: 'Health', pages: ['health'] },
  { href: hrefs.log, label: 'Log', pages: ['log'] },
] as const satisfies readonly { href: string; label: string; pages: readonly Route['page'][] }[];

function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = (): void => {
      door.takeFromAddress();
      setRoute(readRoute(location.hash));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

export function App(): ReactNode {
  const route = useRoute();
  const state = useSyncExternalStore(door.subscribe, door.state);
  if (state !== 'open') return <DoorPage refused={state === 'refused'} />;
  return (
    <>
      <header className="bar console-bar">
        <a className="brand" href={hrefs.jobs}>
          <span aria-hidden="true" className="brand-mark" />
          Sidemark <span className="quiet">site console</span>
        </a>
        <nav aria-label="Pages">
          {rooms.map(({ href, label, pages }) => (
            <a
              key={href}
              href={href}
              aria-current={pages.some((page) => page === route.page) ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
        <button type="button" className="plain" onClick={() => door.close()}>
          Close
        </button>
      </header>
      <main>
        <Page route={route} />
      </main>
      <footer>
        Served by the agent of this hospital to this machine only. Research use only. Not a medical device.
      </footer>
    </>
  );
}

function Page({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case 'jobs':
      return <JobsPage />;
    case 'job':
      return <JobPage key={route.job} id={route.job} />;
    case 'egress':
      return <EgressPage />;
    case 'payload':
      return <PayloadPage place={route.place} sequence={route.sequence} />;
    case 'data':
      return <DataPage />;
    case 'health':
      return <HealthPage />;
    case 'log':
      return <LogPage />;
    case 'nowhere':
      return (
        <Notice title="There is no such page" kind="empty">
          The address may have been cut off. <a href={hrefs.jobs}>Jobs of this site</a>
        </Notice>
      );
  }
}
