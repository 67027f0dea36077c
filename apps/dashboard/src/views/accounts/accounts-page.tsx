// Everybody's accounts, for administrators: who there is, and what may be done about each.
import { type ReactNode, useState } from 'react';
import type { Account, AccountLink } from '@sidemark/core/contract';
import { act, ask } from '../../api/client.ts';
import { accountStates, roleOptions } from '../../format/role-words.ts';
import { instant } from '../../format/time.ts';
import { useDeed } from '../../live/use-deed.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { HandOver } from '../parts/hand-over.tsx';
import { Select, Trouble } from '../parts/form.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { InviteAccount } from './invite-account.tsx';

export function AccountsPage({ own }: { own: Account }): ReactNode {
  const [version, setVersion] = useState(0);
  const [link, setLink] = useState<AccountLink>();
  const { value: accounts, failure } = usePolled(
    'accounts',
    (signal) => ask('listAccounts', {}, signal),
    10_000,
    String(version),
  );
  if (!accounts) return <Waiting failure={failure} what="list of accounts" />;
  const changed = (): void => setVersion((before) => before + 1);
  const linked = (made: AccountLink): void => {
    setLink(made);
    changed();
  };
  return (
    <>
      <PageHead title="Accounts" crumbs={[{ label: 'Studies', href: hrefs.studies }]} />
      <Stale failure={failure} />
      {link && <LinkOf link={link} onDone={() => setLink(undefined)} />}
      <ul className="rows">
        {accounts.map((account) => (
          <Row
            key={account.id}
            account={account}
            isOwn={account.id === own.id}
            onChange={changed}
            onLink={linked}
          />
        ))}
      </ul>
      <InviteAccount onLink={linked} />
    </>
  );
}

function LinkOf({ link, onDone }: { link: AccountLink; onDone: () => void }): ReactNode {
  const { account, address, expiresAt } = link;
  return (
    <HandOver title={`One-time link for ${account.name}`} text={address} onDone={onDone}>
      Give it to the person yourself, over a channel you trust. It is shown here once, works once, and is good
      until {instant(expiresAt)}. Whoever opens it sets the password of {account.name}.
    </HandOver>
  );
}

function Row(props: {
  account: Account;
  isOwn: boolean;
  onChange: () => void;
  onLink: (link: AccountLink) => void;
}): ReactNode {
  const { account, isOwn, onChange, onLink } = props;
  const { id, name, role, state, lastSignInAt } = account;
  const deed = useDeed();
  const then = (work: Promise<unknown>): Promise<void> => work.then(onChange);
  const isDisabled = state === 'disabled';
  return (
    <li className="card" aria-label={name}>
      <div className="row">
        <div>
          <h2>
            {name}
            {isOwn && <span className="quiet"> (you)</span>}
          </h2>
          <p className="quiet">
            {accountStates[state]} · last sign-in {lastSignInAt === null ? 'never' : instant(lastSignInAt)}
          </p>
        </div>
        <Select
          label={`Role of ${name}`}
          value={role}
          options={roleOptions}
          onPick={(next) => deed.run(() => then(act('changeAccountRole', { role: next }, { id })))}
        />
        <div className="buttons">
          {!isDisabled && (
            <button
              type="button"
              className="plain"
              disabled={deed.busy}
              onClick={() => deed.run(async () => onLink(await act('resetAccount', null, { id })))}
            >
              New one-time link
            </button>
          )}
          <button
            type="button"
            className="plain"
            disabled={deed.busy}
            onClick={() =>
              deed.run(() => then(act(isDisabled ? 'enableAccount' : 'disableAccount', null, { id })))
            }
          >
            {isDisabled ? 'Enable' : 'Disable'}
          </button>
        </div>
      </div>
      <Trouble deed={deed} />
    </li>
  );
}
