// The protocol versions of a study.
import type { ReactNode } from 'react';
import type { Protocol } from '@sidemark/core/contract';
import { session } from '../../api/session.ts';
import { instant } from '../../format/time.ts';
import { hrefs } from '../../routes/route.ts';
import { Digest } from '../parts/page-head.tsx';

const states: Readonly<Record<Protocol['state'], string>> = {
  draft: 'draft: not signed yet',
  frozen: 'frozen and signed',
  retired: 'retired',
};

export function ProtocolList(props: { study: string; protocols: readonly Protocol[] }): ReactNode {
  const { study, protocols } = props;
  return (
    <>
      {protocols.length === 0 && (
        <p className="hint">
          No protocol yet. It says what every site does: models, arms, comparisons, floors, and how the answer
          is reckoned. Signed once, it never changes.
        </p>
      )}
      <ul className="rows">
        {protocols.map((protocol) => (
          <li key={protocol.id} className="card row">
            <h3>
              <a href={hrefs.protocol(study, protocol.id)}>
                {protocol.name}, version {protocol.version}
              </a>
            </h3>
            <p className={protocol.state === 'frozen' ? 'good' : 'quiet'}>{states[protocol.state]}</p>
            <p className="quiet">
              {instant(protocol.createdAt)} · <Digest value={protocol.digest} />
            </p>
          </li>
        ))}
      </ul>
      {session.may('coordinator') && (
        <p className="buttons">
          <a className="button" href={hrefs.newProtocol(study)}>
            Compose a protocol
          </a>
        </p>
      )}
    </>
  );
}
