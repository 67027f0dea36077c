// Holds what was on the wire against the egress ledger. Reports, job states, keys and enrolments must be the same one by one;
// presence must be the same in number and bytes, with every message of its schema; and neither side has anything over.
import {
  Enrolment,
  Envelope,
  JobProgress,
  LinkOpening,
  RotateSiteKey,
  SiteHello,
} from '@sidemark/core/contract';
import { canonicalJson, decodeBase64, sha256 } from '@sidemark/core/signing';
import type { LedgerContent } from '../../apps/site-agent/src/egress/ledger-entry.ts';
import type { Heard, Kind, Message } from './messages.ts';

export interface Row {
  readonly kind: Kind;
  readonly count: number;
  readonly wireBytes: number;
  /** what the site itself had to say */
  readonly saidBytes: number;
  readonly ledgerBytes: number;
}

export interface Accounts {
  readonly rows: readonly Row[];
  readonly problems: readonly string[];
}

type Presence = Extract<LedgerContent, { kind: 'presence' }>['messages'][number]['kind'];
const presence: readonly Presence[] = ['opening', 'hello', 'request', 'progress', 'heartbeat'];
const recorded: readonly Kind[] = ['enrolment', 'key-rotation', 'job-state', 'report', 'qualification'];
const carryNothing: readonly Kind[] = ['transport', 'goodbye'];

const statement = (envelope: unknown): unknown =>
  JSON.parse(Buffer.from(decodeBase64(Envelope.parse(envelope).payload)).toString('utf8'));

/** @param token of the kit, which the ledger counts and does not keep. */
export function account(heard: Heard, ledger: readonly LedgerContent[], token: string): Accounts {
  const problems = [...heard.problems, ...heard.messages.flatMap(schemaProblem)];
  const onWire = heard.messages
    .filter(({ kind }) => recorded.includes(kind))
    .map((said) => factOf(said, token));
  const inLedger = ledger.flatMap((content) =>
    content.kind === 'presence' ? [] : [entryFact(content, token)],
  );
  problems.push(...beyond(onWire, inLedger).map((fact) => `on the wire and not in the ledger: ${fact}`));
  problems.push(...beyond(inLedger, onWire).map((fact) => `in the ledger and not on the wire: ${fact}`));
  const rows = [...recorded, ...presence, ...carryNothing].map((kind) => rowOf(kind, heard, ledger));
  for (const { kind, count, saidBytes, ledgerBytes } of rows) {
    const noted = presenceCount(kind, ledger);
    if (noted !== undefined && noted !== count)
      problems.push(`${kind}: ${count} on the wire, ${noted} in the ledger`);
    if (saidBytes !== ledgerBytes)
      problems.push(`${kind}: ${saidBytes} bytes said, ${ledgerBytes} in the ledger`);
  }
  return { rows, problems };
}

/** Presence is not kept word by word: that it says nothing else is for its schema to hold. */
function schemaProblem({ kind, content }: Message): string[] {
  try {
    if (kind === 'opening') LinkOpening.parse(JSON.parse(content));
    if (kind === 'progress') JobProgress.parse(JSON.parse(content));
    if (kind === 'hello') SiteHello.parse(statement(JSON.parse(content)));
    return [];
  } catch {
    return [`a ${kind} that is none: ${content}`];
  }
}

/** A message of the wire as one comparable line; the same for the entry that the gate made of it. */
function factOf({ kind, content, path }: Message, token: string): string {
  const body: unknown = JSON.parse(content);
  const bytes = Buffer.byteLength(content);
  if (kind === 'enrolment') {
    const given = Enrolment.parse(body);
    const fact = { kind, bytes, statement: statement(given.statement), token: given.token };
    return canonicalJson(fact.token === token ? fact : { ...fact, token: 'another one' });
  }
  if (kind === 'key-rotation')
    return canonicalJson({ kind, bytes, statement: statement(RotateSiteKey.parse(body).succession) });
  if (kind === 'job-state') return canonicalJson({ kind, bytes, job: path?.split('/').at(-2), change: body });
  return canonicalJson({ kind, bytes, payloadDigest: sha256(decodeBase64(Envelope.parse(body).payload)) });
}

function entryFact(content: Exclude<LedgerContent, { kind: 'presence' }>, token: string): string {
  const { bytes } = content;
  switch (content.kind) {
    case 'enrolment':
      return canonicalJson({ kind: 'enrolment', bytes, statement: content.statement, token });
    case 'key-rotation':
      return canonicalJson({ kind: 'key-rotation', bytes, statement: content.statement });
    case 'job-state':
      return canonicalJson({ kind: 'job-state', bytes, job: content.job, change: content.change });
    case 'report':
    case 'qualification':
      // the digest of what the ledger shows, not of what it says it is
      return canonicalJson({
        kind: content.kind,
        bytes,
        payloadDigest: sha256(Buffer.from(canonicalJson(content.report))),
      });
    case 'report-again':
      return canonicalJson({ kind: 'report', bytes, payloadDigest: content.payloadDigest });
  }
}

/** Elements of `these` that `those` do not have as often. */
function beyond(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function rowOf(kind: Kind, { messages }: Heard, ledger: readonly LedgerContent[]): Row {
  const own = messages.filter((message) => message.kind === kind);
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    kind,
    count: own.length,
    wireBytes: sum(own.map(({ wireBytes }) => wireBytes)),
    saidBytes: sum(own.map(({ content }) => Buffer.byteLength(content))),
    ledgerBytes: sum(ledger.map((content) => ledgerBytes(kind, content))),
  };
}

function ledgerBytes(kind: Kind, content: LedgerContent): number {
  if (content.kind === 'presence')
    return content.messages.reduce((sum, message) => sum + (message.kind === kind ? message.bytes : 0), 0);
  return content.kind === kind || (kind === 'report' && content.kind === 'report-again') ? content.bytes : 0;
}

function presenceCount(kind: Kind, ledger: readonly LedgerContent[]): number | undefined {
  if (!presence.some((one) => one === kind)) return undefined;
  const messages = ledger.flatMap((content) => (content.kind === 'presence' ? content.messages : []));
  return messages.reduce((sum, message) => sum + (message.kind === kind ? message.count : 0), 0);
}
