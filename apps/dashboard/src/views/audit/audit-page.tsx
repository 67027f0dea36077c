// The audit log as a timeline, and whether its chain holds: by the coordinator's word, and walked again in this browser.
import { type ReactNode, useState } from 'react';
import type { AuditEntry, AuditVerdict } from '@sidemark/core/contract';
import { ask } from '../../api/client.ts';
import { count, shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { Digest, Facts, PageHead } from '../parts/page-head.tsx';
import {
  accountNames,
  auditTable,
  lineOf,
  siteNames,
  type SiteNames,
  thingOf,
  thingsOf,
} from './audit-model.ts';
import { walkChain, type Walked } from './chain.ts';

interface Log {
  readonly entries: readonly AuditEntry[];
  readonly verdict: AuditVerdict;
  readonly walked: Walked | undefined;
  readonly names: SiteNames;
  readonly at: string;
}

async function loadLog(signal: AbortSignal): Promise<Log> {
  const [verdict, sites] = await Promise.all([ask('verifyAudit', {}, signal), ask('listSites', {}, signal)]);
  const entries: AuditEntry[] = [];
  for (;;) {
    const more = await ask('listAudit', { after: String(entries.at(-1)?.sequence ?? 0) }, signal);
    if (more.length === 0) break;
    entries.push(...more);
  }
  const walked = await walkChain(entries);
  return {
    entries,
    verdict,
    walked,
    names: new Map([...siteNames(sites), ...accountNames(entries)]),
    at: new Date().toISOString(),
  };
}

const pageSize = 200;

export function AuditPage({ of }: { of: string | null }): ReactNode {
  const { value, failure } = usePolled('audit', loadLog, 30_000);
  const [shown, setShown] = useState(pageSize);
  if (!value) return <Waiting failure={failure} what="audit log" />;
  const { entries, names, walked, verdict } = value;
  const chosen = entries.filter((entry) => of === null || thingOf(entry) === of).reverse();
  const broken = walked?.firstBroken ?? verdict.firstBroken;
  return (
    <>
      <PageHead title="Audit log" crumbs={[{ label: 'Studies', href: hrefs.studies }]}>
        <Verification log={value} />
      </PageHead>
      <Stale failure={failure} />
      <nav className="chooser" aria-label="Entries">
        {[null, ...thingsOf(entries)].map((thing) => (
          <a
            key={thing ?? 'all'}
            href={hrefs.auditOf(thing)}
            aria-current={thing === of ? 'true' : undefined}
          >
            {thing ?? 'all'}
          </a>
        ))}
      </nav>
      <ol className="timeline" aria-label="Entries, newest first">
        {chosen.slice(0, shown).map((entry) => (
          <Entry key={entry.sequence} entry={entry} names={names} broken={broken} />
        ))}
      </ol>
      {chosen.length > shown && (
        <button type="button" className="plain" onClick={() => setShown(shown + pageSize)}>
          {`Show ${Math.min(pageSize, chosen.length - shown)} older entries`}
        </button>
      )}
      <details>
        <summary>As a table</summary>
        <DataTable table={auditTable(chosen, names)} heading={false} />
      </details>
    </>
  );
}

function Verification({ log: { verdict, walked, entries, at } }: { log: Log }): ReactNode {
  const holds = (firstBroken: number | null, n: number): ReactNode =>
    firstBroken === null ? (
      <span className="good">{`holds over ${count(n)} entries`}</span>
    ) : (
      <span className="bad">{`broken from entry ${firstBroken} on`}</span>
    );
  return (
    <>
      <Facts
        facts={[
          ['Chain, walked by the coordinator', holds(verdict.firstBroken, verdict.entries)],
          [
            'Chain, walked in this browser',
            walked ? holds(walked.firstBroken, walked.entries) : 'needs HTTPS, or this very machine',
          ],
          ['Walked', instant(at)],
          ['Head', <Digest key="head" value={walked?.head ?? verdict.head} />],
        ]}
      />
      <p className="hint">
        Each entry holds the hash of the one before: to change one is to change all after it. The receipt that
        a site gets for its report names the head of its time, signed, so that the coordinator cannot rewrite
        what came before. {receiptWords(entries)}
      </p>
    </>
  );
}

function receiptWords(entries: readonly AuditEntry[]): string {
  const receipts = entries.filter(({ content }) => content.action === 'report.accepted').length;
  if (receipts === 0) return 'No receipt has been given yet.';
  return receipts === 1 ? 'One receipt has been given.' : `${count(receipts)} receipts have been given.`;
}

function Entry(props: { entry: AuditEntry; names: SiteNames; broken: number | null }): ReactNode {
  const { entry, names, broken } = props;
  const { sequence, time, what, who, href, details, hash } = lineOf(entry, names);
  const proven = broken === null || sequence < broken;
  return (
    <li className={proven ? 'proven' : 'broken'}>
      <p className="entry">
        <span className="what">{href === null ? what : <a href={href}>{what}</a>}</span>
        <span className="who">{who}</span>
        <time dateTime={entry.content.at}>{time}</time>
      </p>
      {details !== '' && <p className="details">{details}</p>}
      <p className="link" title={hash}>
        {`${proven ? '✓' : '✗ does not fit the chain,'} entry ${sequence}, ${shortDigest(hash)}…`}
      </p>
    </li>
  );
}
