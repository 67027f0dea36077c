// The pages on which people work, each for the role that may.
import type { ReactNode } from 'react';
import type { AccountRole } from '@sidemark/core/contract';
import { session } from '../../api/session.ts';
import type { OfficeRoute } from '../../routes/office-route.ts';
import { hrefs } from '../../routes/route.ts';
import { AccountPage } from '../accounts/account-page.tsx';
import { AccountsPage } from '../accounts/accounts-page.tsx';
import { ModelsPage } from '../models/models-page.tsx';
import { Notice } from '../parts/notice.tsx';
import { NewProtocolPage } from '../protocol/new-protocol-page.tsx';
import { ProtocolPage } from '../protocol/protocol-page.tsx';
import { NewStudyPage } from '../study/new-study-page.tsx';

const least: Readonly<Record<OfficeRoute['page'], AccountRole>> = {
  welcome: 'reader',
  account: 'reader',
  accounts: 'administrator',
  models: 'reader',
  'new-study': 'coordinator',
  'new-protocol': 'coordinator',
  protocol: 'reader',
};

export function OfficePage({ route }: { route: OfficeRoute }): ReactNode {
  const account = session.account();
  const needed = least[route.page];
  if (account === null) return null;
  if (!session.may(needed))
    return (
      <Notice title="This page is not for your role" kind="empty">
        It is for accounts of the role {needed}; yours is {account.role}. An administrator can change that.{' '}
        <a href={hrefs.studies}>All studies</a>
      </Notice>
    );
  switch (route.page) {
    case 'account':
      return <AccountPage account={account} />;
    case 'accounts':
      return <AccountsPage own={account} />;
    case 'welcome':
      return (
        <Notice title="You are signed in already" kind="empty">
          Sign out first to use a one-time link of another account.
        </Notice>
      );
    case 'models':
      return <ModelsPage />;
    case 'new-study':
      return <NewStudyPage />;
    case 'new-protocol':
      return <NewProtocolPage study={route.study} from={route.from} />;
    case 'protocol':
      return <ProtocolPage study={route.study} id={route.protocol} />;
  }
}
