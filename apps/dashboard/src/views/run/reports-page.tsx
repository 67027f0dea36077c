// The signed reports of a run: state, digests, and everything that a stranger needs to check them.
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/client.ts';
import { shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { DataTable, download } from '../parts/data-table.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { Digest, Facts, PageHead } from '../parts/page-head.tsx';
import { reportsTable } from './evidence/reports-table.ts';
import { RunReportLinks } from './evidence/run-report-links.tsx';

async function loadReports(id: string, signal: AbortSignal) {
  const [analysis, reports, run] = await Promise.all([
    ask('analyseRun', { id }, signal),
    ask('listReports', { id }, signal),
    ask('showRun', { id }, signal),
  ]);
  return { analysis, reports, run };
}

export function ReportsPage({ run: id }: { run: string }): ReactNode {
  const { value, failure } = usePolled(`reports ${id}`, (signal) => loadReports(id, signal), 15_000);
  if (!value) return <Waiting failure={failure} what="run" />;
  const { analysis, reports, run } = value;
  const missing = reports.missingSequences.map(({ site, sequences }) => {
    const name = analysis.sites.find((one) => one.site === site)?.siteName ?? 'a site';
    return `${name}: ${sequences.join(', ')}`;
  });
  return (
    <>
      <PageHead title="Signed reports" crumbs={[{ label: 'Result of the run', href: hrefs.run(id) }]}>
        <Facts
          facts={[
            [
              'Reports',
              `${reports.reports.length} from ${analysis.history.length} of ${run.jobs.length} sites`,
            ],
            ['Analysis of', instant(analysis.computedAt)],
            ['Protocol digest', <Digest key="protocol" value={run.protocolDigest} />],
            ['Numbers that never arrived', missing.length === 0 ? 'none' : missing.join('; ')],
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      <section className="card" aria-labelledby="evidence">
        <h2 id="evidence">The evidence in one file</h2>
        <p>
          Every report with its signature and receipt, all keys up to the release key, the protocol, the
          models’ manifests, the audit entries and the analysis, sealed. Checked without the coordinator:{' '}
          <code>sidemark bundle verify FILE</code>
        </p>
        <Downloads run={id} />
      </section>
      <RunReportLinks run={id} />
      <DataTable table={reportsTable(analysis, reports)} />
    </>
  );
}

function Downloads({ run }: { run: string }): ReactNode {
  const [said, setSaid] = useState('');
  const save = (name: 'exportBundle' | 'analyseRun', file: string): void => {
    setSaid('Gathering …');
    ask(name, { id: run })
      .then((document) => {
        download(file, 'application/json', JSON.stringify(document));
        setSaid(`Saved as ${file}`);
      })
      .catch((error: unknown) => setSaid(error instanceof Error ? error.message : String(error)));
  };
  const short = shortDigest(run);
  return (
    <p className="downloads">
      <button type="button" onClick={() => save('exportBundle', `bundle-${short}.json`)}>
        Download the evidence
      </button>
      <button type="button" className="plain" onClick={() => save('analyseRun', `analysis-${short}.json`)}>
        The analysis alone
      </button>
      <span role="status">{said}</span>
    </p>
  );
}
