// Which page is seen: signing in first, then what the address says.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { session } from './api/session.ts';
import { hrefs, readRoute, type Route } from './routes/route.ts';
import { Notice } from './views/parts/notice.tsx';
import { ReportPage } from './views/report-page.tsx';
import { RunPage } from './views/run/run-page.tsx';
import { SignIn } from './views/sign-in.tsx';
import { StudiesPage } from './views/study/studies-page.tsx';
import { StudyPage } from './views/study/study-page.tsx';

function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

export function App(): ReactNode {
  const route = useRoute();
  const state = useSyncExternalStore(session.subscribe, session.state);
  if (state !== 'open') return <SignIn refused={state === 'refused'} />;
  return (
    <>
      <header className="bar">
        <a className="brand" href={hrefs.studies}>
          <span aria-hidden="true" className="brand-mark" />
          Sidemark
        </a>
        <button type="button" className="plain" onClick={() => session.close()}>
          Sign out
        </button>
      </header>
      <main>
        <Page route={route} />
      </main>
      <footer>Research use only. Not a medical device.</footer>
    </>
  );
}

function Page({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case 'studies':
      return <StudiesPage />;
    case 'study':
      return <StudyPage study={route.study} />;
    case 'run':
      return <RunPage id={route.run} figure={route.figure} />;
    case 'report':
      return <ReportPage run={route.run} digest={route.digest} />;
    case 'nowhere':
      return (
        <Notice title="There is no such page" kind="empty">
          The address may have been cut off. <a href={hrefs.studies}>All studies</a>
        </Notice>
      );
  }
}
