// One signed report: what it says of itself, what it holds, and how to check it without trusting this page.
import type { ReactNode } from 'react';
import type { ReportBundle } from '@sidemark/core/contract';
import { ask } from '../../api/client.ts';
import { shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { DataTable, download } from '../parts/data-table.tsx';
import { Waiting } from '../parts/notice.tsx';
import { Digest, Facts, PageHead } from '../parts/page-head.tsx';
import { figuresTable, imagesTable } from './report-tables.ts';

async function loadReport(run: string, digest: string, signal: AbortSignal) {
  const [bundle, { jobs, protocol, study }] = await Promise.all([
    ask('showReport', { digest }, signal),
    ask('showRun', { id: run }, signal),
  ]);
  const protocols = await ask('listProtocols', { id: study }, signal);
  const { classifiers = [] } = protocols.find(({ id }) => id === protocol)?.document ?? {};
  const names = new Map(classifiers.map(({ id, model }) => [model.sha256, id]));
  return { bundle, names, siteName: jobs.find(({ site }) => site === bundle.stored.site)?.siteName };
}

export function ReportPage({ run, digest }: { run: string; digest: string }): ReactNode {
  const { value, failure } = usePolled(`report ${digest}`, (signal) => loadReport(run, digest, signal), null);
  if (!value) return <Waiting failure={failure} what="report" />;
  const { bundle, names, siteName = 'a site' } = value;
  const file = `report-${siteName}-${shortDigest(digest)}.json`;
  const save = (): void => download(file, 'application/json', JSON.stringify(bundle, null, 2));
  return (
    <>
      <PageHead
        title={`Report of ${siteName}`}
        crumbs={[{ label: 'Result of the run', href: hrefs.run(run) }]}
      >
        <Facts facts={factsOf(bundle)} />
      </PageHead>
      <section className="card" aria-labelledby="check">
        <h2 id="check">Check it yourself</h2>
        <p>
          The bundle holds the exact signed bytes, the receipt and every key up to the release key. It is
          verified without the coordinator: <code>sidemark report verify {file}</code>
        </p>
        <button type="button" onClick={save}>
          Download the bundle
        </button>
      </section>
      <DataTable table={figuresTable(bundle.report.result, names)} />
      <DataTable table={imagesTable(bundle.report.result)} />
    </>
  );
}

function factsOf({ stored, report: { header } }: ReportBundle): [string, ReactNode][] {
  const digests = {
    'Payload digest': stored.payloadDigest,
    'Result digest': stored.resultDigest,
    'Protocol digest': header.protocolDigest,
    'Dataset digest, keyed by the site': header.datasetDigest,
    'Key of the site': stored.siteKeyId,
  };
  return [
    ['Verified and received', instant(stored.receivedAt)],
    ['State', stored.state === 'accepted' ? 'counts in the result' : 'superseded by a later one'],
    ['Number', String(stored.sequence)],
    ['Finished at the site', instant(header.finishedAt)],
    [
      'Made by',
      `agent ${header.agentVersion}, Node ${header.nodeVersion}, onnxruntime ${header.onnxruntimeVersion}`,
    ],
    ['On', `${header.platform} ${header.architecture}`],
    ...Object.entries(digests).map(([name, value]): [string, ReactNode] => [
      name,
      <Digest key={name} value={value} whole />,
    ]),
  ];
}
