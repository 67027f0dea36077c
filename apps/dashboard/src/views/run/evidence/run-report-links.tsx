// The report of a run for people, to be saved. It names the sites, so readers are not offered it.
import type { ReactNode } from 'react';
import { fileAddress } from '../../../api/files.ts';
import { session } from '../../../api/session.ts';

export function RunReportLinks({ run }: { run: string }): ReactNode {
  if (!session.may('coordinator')) return null;
  return (
    <section className="card" aria-labelledby="run-report">
      <h2 id="run-report">The report for the trial master file</h2>
      <p>
        Digests and signers, flow of images, every figure, methods, tables, deviations, STARD and CLAIM item
        by item. The same analysis gives the same bytes, here and from{' '}
        <code>sidemark report make FILE --out FOLDER</code> with the evidence alone.
      </p>
      <p className="downloads">
        <a className="button" href={fileAddress('runReportPdf', run)} download>
          Report as PDF
        </a>
        <a href={fileAddress('runReportHtml', run)} download>
          Report as HTML
        </a>
      </p>
    </section>
  );
}
