// Inviting a hospital: its startup kit is shown once.
import { type ReactNode, useState } from 'react';
import type { Kit, Site, Study } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { instant } from '../../format/time.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Field, Form, Select } from '../parts/form.tsx';
import { HandOver } from '../parts/hand-over.tsx';
import { SlugField } from '../parts/slug-field.tsx';

const roles = [
  ['external', 'external: no model was trained on its films'],
  ['internal', 'internal: a model was trained on its films'],
] as const satisfies readonly (readonly [Site['role'], string])[];

export function InviteSite({ study }: { study: Study }): ReactNode {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Site['role']>('external');
  const [hours, setHours] = useState('72');
  const [kit, setKit] = useState<Kit>();
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const body = { study: study.id, name, role, expiresInHours: Number(hours) };
    setKit(await act('inviteSite', body));
    setName('');
  };
  return (
    <>
      {kit && <KitOf kit={kit} onDone={() => setKit(undefined)} />}
      <details className="work">
        <summary>Invite a site</summary>
        <Form
          deed={deed}
          onSubmit={submit}
          submit="Make the kit"
          className="card narrow"
          label="Invite a site"
        >
          <SlugField
            label="Name of the hospital"
            value={name}
            onText={setName}
            hint="Small letters, figures and hyphens. A site that has not been approved yet gets a new kit under its name."
          />
          <Select label="Its films" value={role} options={roles} onPick={setRole} />
          <Field
            label="Good for, in hours"
            type="number"
            min={1}
            max={2160}
            value={hours}
            onText={setHours}
          />
        </Form>
      </details>
    </>
  );
}

function KitOf({ kit, onDone }: { kit: Kit; onDone: () => void }): ReactNode {
  return (
    <HandOver
      title={`Startup kit of ${kit.siteName}`}
      text={JSON.stringify(kit, null, 2)}
      file={`${kit.siteName}.kit.json`}
      onDone={onDone}
    >
      Send this file to the IT of the hospital over a channel you trust. It is shown here once, works once,
      and is good until {instant(kit.expiresAt)}. There:{' '}
      <code>sidemark agent enrol {kit.siteName}.kit.json</code>, which prints six words. Have them read to you
      by telephone, and approve the site here.
    </HandOver>
  );
}
