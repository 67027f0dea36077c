// One's own account: who one is here, what one may do, and a new password.
import { type ReactNode, useState } from 'react';
import type { Account } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { instant } from '../../format/time.ts';
import { roleNames } from '../../format/role-words.ts';
import { useDeed } from '../../live/use-deed.ts';
import { hrefs } from '../../routes/route.ts';
import { Field, Form } from '../parts/form.tsx';
import { NewPassword, nothingTyped } from '../parts/new-password.tsx';
import { Facts, PageHead } from '../parts/page-head.tsx';

export function AccountPage({ account }: { account: Account }): ReactNode {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState(nothingTyped);
  const [isDone, setDone] = useState(false);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    session.set(await act('changePassword', { current, next: password.first }));
    setCurrent('');
    setPassword(nothingTyped);
    setDone(true);
  };
  return (
    <>
      <PageHead title="Your account" crumbs={[{ label: 'Studies', href: hrefs.studies }]}>
        <Facts
          facts={[
            ['Name', account.name],
            ['Role', roleNames[account.role]],
            ['Since', instant(account.createdAt)],
          ]}
        />
      </PageHead>
      <section aria-labelledby="password">
        <h2 id="password">Change the password</h2>
        <p className="hint">Your other sign-ins, on other machines, end with it.</p>
        <Form deed={deed} onSubmit={submit} submit="Change the password" className="card narrow">
          <Field
            label="Password until now"
            type="password"
            autoComplete="current-password"
            value={current}
            onText={setCurrent}
          />
          <NewPassword value={password} onValue={setPassword} />
          {isDone && !deed.failure && <p role="status">The password is changed.</p>}
        </Form>
      </section>
    </>
  );
}
