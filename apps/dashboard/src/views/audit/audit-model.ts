// The audit log in words.
import type { AuditEntry, Site } from '@sidemark/core/contract';
import { shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { hrefs } from '../../routes/route.ts';
import type { Cell, Table } from '../parts/table.ts';

export interface Line {
  readonly sequence: number;
  readonly time: string;
  readonly what: string;
  readonly who: string;
  /** the record that changed, as far as it has a page */
  readonly href: string | null;
  readonly details: string;
  readonly hash: string;
}

export type SiteNames = ReadonlyMap<string, string>;

/** By id. */
export const siteNames = (sites: readonly Pick<Site, 'id' | 'name'>[]): SiteNames =>
  new Map(sites.map(({ id, name }) => [id, name]));

/** `report.accepted` is `report accepted`. */
export const actionWords = (action: string): string => action.replace(/[.-]/g, ' ');

/** The thing in `thing.event`. */
export const thingOf = ({ content: { action } }: AuditEntry): string => action.split('.')[0] ?? action;

export const thingsOf = (entries: readonly AuditEntry[]): string[] =>
  [...new Set(entries.map(thingOf))].sort();

/** Of people whose accounts the log tells of. */
export function accountNames(entries: readonly AuditEntry[]): SiteNames {
  return new Map(
    entries.flatMap(({ content: { action, subject, details } }) =>
      action.startsWith('account.') && typeof details['name'] === 'string'
        ? [[subject, details['name']]]
        : [],
    ),
  );
}

function actorWords(actor: string, names: SiteNames): string {
  const [kind = actor, id] = actor.split(':');
  if (id === undefined) return actor;
  return `${kind} ${names.get(id) ?? id.slice(0, 8)}`;
}

function hrefOf({ content: { action, subject, details } }: AuditEntry): string | null {
  const run = details['run'];
  const digest = details['payloadDigest'];
  if (action === 'report.accepted' && typeof run === 'string' && typeof digest === 'string')
    return hrefs.report(run, digest);
  if (action.startsWith('run.')) return hrefs.run(subject);
  if (action.startsWith('study.')) return hrefs.study(subject);
  return typeof run === 'string' ? hrefs.run(run) : null;
}

const isLong = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
const idPattern = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Names and values in a line; digests and ids by their beginnings. */
export function detailWords(details: AuditEntry['content']['details']): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const text = String(value);
      const short = isLong(text) ? `${shortDigest(text)}…` : idPattern.test(text) ? text.slice(0, 8) : text;
      return `${name.replace(/([A-Z])/g, ' $1').toLowerCase()} ${short}`;
    })
    .join(' · ');
}

export function lineOf(entry: AuditEntry, names: SiteNames): Line {
  const { sequence, hash, content } = entry;
  return {
    ...{ sequence, hash, time: instant(content.at), what: actionWords(content.action) },
    who: actorWords(content.actor, names),
    href: hrefOf(entry),
    details: detailWords(content.details),
  };
}

/** Everything, for a file. */
export function auditTable(entries: readonly AuditEntry[], names: SiteNames): Table {
  return {
    caption: 'The whole log',
    file: 'audit',
    columns: [
      { label: 'Number', numeric: true },
      ...['At', 'What', 'By', 'Subject', 'Details', 'Hash'].map((label) => ({ label })),
    ],
    rows: entries.map(({ sequence, hash, content }): Cell[] => [
      { text: String(sequence) },
      { text: instant(content.at), raw: content.at },
      { text: content.action },
      { text: actorWords(content.actor, names), raw: content.actor },
      { text: content.subject },
      { text: detailWords(content.details), raw: JSON.stringify(content.details) },
      { text: `${shortDigest(hash)}…`, raw: hash },
    ]),
  };
}
