// Which page is seen: signing in first, then what the address says.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { act, ask } from './api/client.ts';
import { session } from './api/session.ts';
import { useDeed } from './live/use-deed.ts';
import { usePolled } from './live/use-polled.ts';
import { hrefs, nothingChosen, readRoute, type Route } from './routes/route.ts';
import { AuditPage } from './views/audit/audit-page.tsx';
import { ComparePage } from './views/compare/compare-page.tsx';
import { OfficePage } from './views/office/office-page.tsx';
import { Trouble } from './views/parts/form.tsx';
import { Notice, Waiting } from './views/parts/notice.tsx';
import { ReportPage } from './views/report/report-page.tsx';
import { ReportsPage } from './views/run/reports-page.tsx';
import { RunPage } from './views/run/run-page.tsx';
import { FirstAccount } from './views/sign-in/first-account.tsx';
import { SignIn } from './views/sign-in/sign-in.tsx';
import { Welcome } from './views/sign-in/welcome.tsx';
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

async function begin(signal: AbortSignal): Promise<true> {
  session.set(await ask('showSession', {}, signal));
  return true;
}

export function App(): ReactNode {
  const route = useRoute();
  const { failure } = usePolled('session', begin, null);
  const state = useSyncExternalStore(session.subscribe, session.state);
  if (state === 'asking') return <Waiting failure={failure} what="dashboard" />;
  if (state === 'new') return <FirstAccount />;
  if (state !== 'open')
    return route.page === 'welcome' ? <Welcome {...route} /> : <SignIn hasEnded={state === 'ended'} />;
  return (
    <>
      <Bar />
      <main>
        <Page route={route} />
      </main>
      <footer>Research use only. Not a medical device.</footer>
    </>
  );
}

function Bar(): ReactNode {
  const account = useSyncExternalStore(session.subscribe, session.account);
  const deed = useDeed();
  const signOut = (): void => deed.run(async () => session.set(await act('signOut')));
  return (
    <header className="bar">
      <a className="brand" href={hrefs.studies}>
        <span aria-hidden="true" className="brand-mark" />
        Sidemark
      </a>
      <nav aria-label="Sidemark">
        <a href={hrefs.compare(nothingChosen)}>Compare</a>
        {session.may('coordinator') && <a href={hrefs.audit}>Audit</a>}
        <a href={hrefs.models}>Models</a>
        {session.may('administrator') && <a href={hrefs.accounts}>Accounts</a>}
        <a href={hrefs.account}>{account?.name}</a>
        <button type="button" className="plain" onClick={signOut} disabled={deed.busy}>
          Sign out
        </button>
      </nav>
      <Trouble deed={deed} />
    </header>
  );
}

function Page({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case 'studies':
      return <StudiesPage />;
    case 'study':
      return <StudyPage study={route.study} />;
    case 'run':
      return <RunPage id={route.run} figure={route.figure} view={route.view} />;
    case 'reports':
      return <ReportsPage run={route.run} />;
    case 'compare':
      return <ComparePage of={route.of} />;
    case 'audit':
      return <AuditPage of={route.of} />;
    case 'report':
      return <ReportPage run={route.run} digest={route.digest} />;
    case 'nowhere':
      return (
        <Notice title="There is no such page" kind="empty">
          The address may have been cut off. <a href={hrefs.studies}>All studies</a>
        </Notice>
      );
    default:
      return <OfficePage route={route} />;
  }
}
