// The egress ledger: what waits to leave, and everything that left.
import type { ReactNode } from 'react';
import type { ConsoleLedger } from '@sidemark/core/contract';
import { count } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { DataTable } from '../../views/parts/data-table.tsx';
import { Digest, Facts, PageHead } from '../../views/parts/page-head.tsx';
import type { Table } from '../../views/parts/table.ts';
import { agent } from '../ask.ts';
import { Stale } from '../../views/parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { hrefs } from '../route.ts';

export function EgressPage(): ReactNode {
  const { value, failure } = usePolled('egress', agent.egress, 3000);
  if (!value) return <Waiting failure={failure} what="ledger" />;
  const { verdict, entries, waiting } = value;
  const whole = verdict.firstBroken === null && verdict.missingReports.length === 0;
  return (
    <>
      <PageHead title="What leaves" crumbs={[]}>
        <p className="headline">
          {count(verdict.entries)} {verdict.entries === 1 ? 'entry' : 'entries'} in the ledger;{' '}
          {waiting.length === 0 ? 'nothing waits to leave' : `${waiting.length} waiting`}.
        </p>
        <Facts
          facts={[
            ['Chain', whole ? <span className="good">● holds</span> : <span className="bad">● broken</span>],
            ['Head', <Digest key="h" value={verdict.head} />],
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      {!whole && (
        <p className="alert" role="alert">
          {verdict.firstBroken === null
            ? `${verdict.missingReports.length} acknowledged reports are not in the ledger.`
            : `Line ${verdict.firstBroken} does not fit the chain.`}{' '}
          Keep the file as it is, and find out who edited it.
        </p>
      )}
      <section>
        {waiting.length === 0 ? (
          <>
            <h2>Waiting to leave</h2>
            <p className="hint">Nothing. A signed report stands here, readable, until its receipt is back.</p>
          </>
        ) : (
          <DataTable table={waitingTable(waiting)} />
        )}
      </section>
      {entries.length === 0 ? (
        <p className="hint">
          {whole ? 'Nothing has left this site.' : 'Entries are shown once the ledger is whole.'}
        </p>
      ) : (
        <DataTable table={leftTable(entries)} />
      )}
      <p className="hint">
        A report is written here, whole and on the disk, before it is sent. Signs of life and progress are
        summed up each minute.
      </p>
    </>
  );
}

const standings = {
  waits: 'waits for the connection',
  held: 'held by a person here',
  parked: 'refused by the coordinator',
};

function waitingTable(waiting: ConsoleLedger['waiting']): Table {
  return {
    caption: 'Waiting to leave',
    file: 'waiting',
    columns: [
      { label: 'Payload' },
      { label: 'Signed' },
      { label: 'Bytes', numeric: true },
      { label: 'Standing' },
      { label: 'Digest' },
    ],
    rows: waiting.map(({ sequence, kind, bytes, queuedAt, standing, payloadDigest }) => [
      { text: `${kind} ${sequence}`, href: hrefs.payload('waiting', sequence) },
      { text: instant(queuedAt), raw: queuedAt },
      { text: count(bytes), raw: String(bytes) },
      { text: standings[standing], tone: standing === 'parked' ? 'bad' : 'quiet' },
      { text: payloadDigest },
    ]),
  };
}

function leftTable(entries: ConsoleLedger['entries']): Table {
  return {
    caption: 'What left, newest first',
    file: 'egress-ledger',
    columns: [
      { label: 'Entry' },
      { label: 'At' },
      { label: 'Kind' },
      { label: 'Bytes', numeric: true },
      { label: 'What' },
    ],
    rows: entries.map(({ sequence, at, kind, bytes, gist }) => [
      { text: String(sequence), href: hrefs.payload('left', sequence) },
      { text: instant(at), raw: at },
      { text: kind },
      { text: count(bytes), raw: String(bytes) },
      { text: gist },
    ]),
  };
}
