// One site: who it is, whether it is there, and what may be decided about it.
import type { ReactNode } from 'react';
import type { Site, SiteQualification } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { useDeed } from '../../live/use-deed.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Trouble } from '../parts/form.tsx';
import { ApproveSite } from './approve-site.tsx';

const states: Readonly<Record<Site['state'], string>> = {
  invited: 'invited: has not enrolled yet',
  pending: 'asks for approval',
  approved: 'approved',
  suspended: 'suspended',
  revoked: 'revoked for good',
};
const verdicts = { qualified: 'machine qualified', 'not-qualified': 'machine not qualified' } as const;

export function SiteRow(props: {
  site: Site;
  verdict: SiteQualification['verdict'] | undefined;
  onChange: () => void;
}): ReactNode {
  const { site, verdict, onChange } = props;
  const { name, state, role, key, agentVersion } = site;
  return (
    <li className="card" aria-label={name}>
      <div className="row site">
        <div>
          <h3>{name}</h3>
          <p className="quiet">{role === 'internal' ? 'internal: a model was trained on it' : 'external'}</p>
        </div>
        <div>
          <p className={site.online ? 'good' : 'quiet'}>{presenceOf(site)}</p>
          <p className="quiet">
            {states[state]}
            {agentVersion !== null && ` · agent ${agentVersion}`}
          </p>
        </div>
        <div>
          {verdict && (
            <p className={verdict.state === 'qualified' ? 'good' : 'bad'}>
              {verdicts[verdict.state]}
              {verdict.differences > 0 && ` (${verdict.differences} differences)`}
            </p>
          )}
          <p className="quiet">
            {key ? (
              <>
                key <code title={key.keyId}>{shortDigest(key.keyId)}…</code>
              </>
            ) : (
              'no key yet'
            )}
          </p>
        </div>
        {session.may('coordinator') && <Decisions site={site} onChange={onChange} />}
      </div>
      {state === 'pending' && session.may('coordinator') && <ApproveSite site={site} onChange={onChange} />}
    </li>
  );
}

/** With a sign, so that colour alone says nothing. */
function presenceOf({ online, lastSeenAt }: Site): string {
  if (online) return '● connected';
  return lastSeenAt === null ? '○ away' : `○ away since after ${instant(lastSeenAt)}`;
}

function Decisions({ site: { id, name, state }, onChange }: { site: Site; onChange: () => void }): ReactNode {
  const deed = useDeed();
  const decide = (what: 'suspendSite' | 'resumeSite' | 'revokeSite') => (): void =>
    deed.run(() => act(what, null, { id }).then(onChange));
  return (
    <div>
      <div className="buttons">
        {state === 'approved' && (
          <button type="button" className="plain" disabled={deed.busy} onClick={decide('suspendSite')}>
            Suspend
          </button>
        )}
        {state === 'suspended' && (
          <button type="button" className="plain" disabled={deed.busy} onClick={decide('resumeSite')}>
            Resume
          </button>
        )}
        {(state === 'approved' || state === 'suspended' || state === 'pending') && (
          <ConfirmButton
            label="Revoke"
            question={`End ${name} and its key for good?`}
            yes="Revoke for good"
            disabled={deed.busy}
            onSure={decide('revokeSite')}
          />
        )}
      </div>
      <Trouble deed={deed} />
    </div>
  );
}
