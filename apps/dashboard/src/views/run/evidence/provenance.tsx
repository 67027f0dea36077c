// What opens when a reader asks where a number comes from: its signed reports, the digests, and when each was verified.
import { type ReactNode, useEffect, useRef } from 'react';
import type { Analysis, Protocol, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { instant } from '../../../format/time.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Digest } from '../../parts/page-head.tsx';
import { askedReports, ingredients, provenanceTable } from './provenance-model.ts';

export function Provenance(props: {
  analysis: Analysis;
  reports: z.infer<typeof ReportList>;
  protocol: Protocol | undefined;
  from: string;
  links: Links;
}): ReactNode {
  const { analysis, reports, protocol, from, links } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const close = (): void => location.replace(links.closed);
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  const count = askedReports(analysis, reports, from).length;
  return (
    <dialog
      ref={ref}
      className="provenance"
      aria-labelledby="provenance"
      onClose={close}
      onClick={(event) => event.target === ref.current && close()}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id="provenance">Where this number comes from</h2>
          <button type="button" className="plain" onClick={close}>
            Close
          </button>
        </div>
        <p className="lead">
          {count === 0
            ? 'No signed report of this run belongs to it: the address may be cut off, or the report is of another run.'
            : `${count === 1 ? 'One signed report stands' : `${count} signed reports stand`} behind it. The coordinator verified signature, key, protocol and number of each before it signed the receipt; the analysis was computed from the newest at ${instant(analysis.computedAt)}.`}
        </p>
        {count > 0 && <DataTable table={provenanceTable(analysis, reports, from)} heading={false} />}
        <details>
          <summary>What the run was made with</summary>
          <dl className="digests">
            {ingredients(protocol).map(([name, digest]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Digest value={digest} whole />
                </dd>
              </div>
            ))}
          </dl>
        </details>
        <p className="hint">
          Checked again without the coordinator: <code>sidemark bundle export</code>, then{' '}
          <code>sidemark bundle verify</code>.
        </p>
      </div>
    </dialog>
  );
}
