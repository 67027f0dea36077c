// What leaves, to read and as bytes: what waits in the outbox, before it goes, and what the ledger holds, after it went.
import type { ConsoleLedger, ConsolePayload } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { canonicalJson, decodeBase64, sha256 } from '@sidemark/core/signing';
import { gistOf } from '../../commands/egress.commands.ts';
import type { LedgerContent, LedgerEntry } from '../../egress/ledger-entry.ts';
import type { LedgerStore } from '../../egress/ledger.store.ts';
import { judgeLedger } from '../../egress/ledger-verdict.ts';
import type { JobsStore } from '../../jobs/jobs.store.ts';
import type { OutboxItem } from '../../outbox/outbox-item.ts';
import type { OutboxStore } from '../../outbox/outbox.store.ts';

/** The page shows the newest; all of them: `sidemark egress log`. */
const mostEntries = 500;

export interface EgressRooms {
  readonly ledger: LedgerStore;
  readonly outbox: OutboxStore;
  readonly jobs: JobsStore;
  readonly coordinator: string;
}

export async function ledgerView({ ledger, outbox, jobs }: EgressRooms): Promise<ConsoleLedger> {
  const read = await ledger.lines();
  const acknowledged = (await outbox.receipts()).map(({ item }) => item.payloadDigest);
  const { entries, head, firstBroken, missingReports } = judgeLedger(read, acknowledged);
  const shown = firstBroken === null ? await ledger.entries() : [];
  const waiting = await Promise.all(
    (await outbox.pending()).map(async (item) => {
      const { sequence, kind, job, payloadDigest, queuedAt, parked } = item;
      const standing = parked !== null ? 'parked' : (await jobs.mayLeave(item)) ? 'waits' : 'held';
      const bytes = Buffer.byteLength(JSON.stringify(item.envelope));
      return { sequence, kind, job, payloadDigest, bytes, queuedAt, standing } as const;
    }),
  );
  return {
    verdict: { entries, head, firstBroken, missingReports: [...missingReports] },
    entries: shown
      .slice(-mostEntries)
      .toReversed()
      .map(({ sequence, content }) => ({ sequence, at: content.at, kind: content.kind, ...gistOf(content) })),
    waiting,
  };
}

/** Before it leaves. @throws DomainError `not-found` */
export async function waitingPayload(
  sequence: string,
  { outbox, coordinator }: EgressRooms,
): Promise<ConsolePayload> {
  const item = (await outbox.pending()).find((one) => String(one.sequence) === sequence);
  if (item === undefined) throw new DomainError('not-found', { waiting: sequence });
  return payloadOfItem(item, coordinator);
}

function payloadOfItem({ kind, sequence, envelope, queuedAt }: OutboxItem, to: string): ConsolePayload {
  const payload = Buffer.from(decodeBase64(envelope.payload));
  return {
    title: `${kind} ${sequence}, which waits`,
    at: queuedAt,
    to,
    readable: JSON.stringify(JSON.parse(payload.toString('utf8')), null, 2),
    ...bytesOf(
      JSON.stringify(envelope),
      'the body of the request, as it will be sent: the signed bytes in base64, and the signatures',
    ),
  };
}

/** After it left. @throws DomainError `not-found` */
export async function sentPayload(sequence: string, { ledger }: EgressRooms): Promise<ConsolePayload> {
  const entry = (await ledger.entries()).find((one) => String(one.sequence) === sequence);
  if (entry === undefined) throw new DomainError('not-found', { entry: sequence });
  return payloadOfEntry(entry);
}

export function payloadOfEntry({ sequence, content }: LedgerEntry): ConsolePayload {
  return {
    title: `entry ${sequence}: ${content.kind}`,
    at: content.at,
    to: content.to,
    readable: JSON.stringify(readableOf(content), null, 2),
    ...sentBytes(content),
  };
}

function readableOf(content: LedgerContent): unknown {
  switch (content.kind) {
    case 'report':
    case 'qualification':
      return content.report;
    case 'enrolment':
    case 'key-rotation':
      return content.statement;
    case 'job-state':
      return content.change;
    case 'report-again':
    case 'presence':
      return content;
  }
}

type Bytes = Pick<ConsolePayload, 'bytes' | 'about' | 'sha256'>;

const bytesOf = (text: string, about: string): Bytes => ({
  bytes: Buffer.from(text).toString('base64'),
  about,
  sha256: sha256(Buffer.from(text)),
});

/** The signed bytes are the canonical JSON of what is signed: the digest in the ledger is theirs. */
function sentBytes(content: LedgerContent): Bytes {
  switch (content.kind) {
    case 'report':
    case 'qualification':
      return bytesOf(
        canonicalJson(content.report),
        'the signed bytes; they went out in base64, with the signature',
      );
    case 'enrolment':
    case 'key-rotation':
      return bytesOf(
        canonicalJson(content.statement),
        'the signed bytes; they went out in base64, with the signature',
      );
    case 'job-state':
      return bytesOf(JSON.stringify(content.change), 'the body of the request, as it was sent');
    case 'report-again':
      return {
        bytes: null,
        about: 'the very bytes of the entry with this payload digest, once more',
        sha256: content.payloadDigest,
      };
    case 'presence':
      return {
        bytes: null,
        about:
          'signs of life and progress are kept as kind, count and size: they hold numbers and digests only',
        sha256: null,
      };
  }
}
