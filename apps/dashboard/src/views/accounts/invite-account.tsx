// Inviting a person.
import { type ReactNode, useState } from 'react';
import type { AccountLink, AccountRole } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { roleOptions } from '../../format/role-words.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Form, Select } from '../parts/form.tsx';
import { AccountName } from '../sign-in/first-account.tsx';

export function InviteAccount({ onLink }: { onLink: (link: AccountLink) => void }): ReactNode {
  const [name, setName] = useState('');
  const [role, setRole] = useState<AccountRole>('reader');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    onLink(await act('inviteAccount', { name, role }));
    setName('');
  };
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      <Form deed={deed} onSubmit={submit} submit="Invite" className="card narrow" label="Invite somebody">
        <AccountName value={name} onText={setName} />
        <Select label="Role" value={role} options={roleOptions} onPick={setRole} />
      </Form>
    </section>
  );
}
