// The named steps of a job at which a process is killed or the network fails, and how each step is recognised.
import type { Accident, Direction } from '../support/network.ts';

export interface AgentLine {
  readonly event: string;
  readonly state?: string;
  readonly phase?: string;
  readonly imagesDone?: number;
}

export type Moment =
  /** the first line of `agent run --json` that fits */
  | { readonly seen: (line: AgentLine) => boolean }
  /** a step inside a process, see halt-at.mjs; `:pause` lets it go on after 2 s */
  | { readonly halt: string; readonly inside: 'agent' | 'coordinator' }
  /** what passes between them; `fresh`: the site has no model yet */
  | { readonly wire: Accident; readonly fresh?: boolean };

export interface Cut {
  readonly direction: Direction;
  readonly seconds: number;
  /** connections of before stay silent for ever, as behind a firewall whose table has lost them */
  readonly forgets: boolean;
}

export interface KillPoint {
  readonly step: string;
  readonly victim: 'agent' | 'coordinator' | 'PostgreSQL' | 'network';
  readonly at: Moment;
  /** of the victim `network`; absent: every connection is reset */
  readonly cut?: Cut;
  /** to PostgreSQL; absent: SIGKILL */
  readonly signal?: 'SIGINT';
  /** also in the short form that every `npm test` runs */
  readonly short?: boolean;
}

const job = (state: string): Moment => ({ seen: (line) => line.event === 'job' && line.state === state });
const phase = (name: string, done = 0): Moment => ({
  seen: (line) => line.event === 'progress' && line.phase === name && (line.imagesDone ?? 0) >= done,
});
const event = (name: string): Moment => ({ seen: (line) => line.event === name });
const modelBytes = /^GET \/api\/site\/models\/\w+\/bytes/;
const reportPost = /^POST \/api\/site\/reports/;
const halfAModel: Moment = {
  wire: { request: modelBytes, then: 'silence', afterBytes: 9000 },
  fresh: true,
};
const receiptLost: Moment = { wire: { request: reportPost, then: 'reset' } };
const receiptStuck: Moment = { wire: { request: reportPost, then: 'silence' } };
const reportCut = (then: Direction): Moment => ({ wire: { request: reportPost, then } });
const modelCut = (then: Direction): Moment => ({ wire: { request: modelBytes, then }, fresh: true });

const agent: readonly Omit<KillPoint, 'victim'>[] = [
  { step: 'offered', at: job('offered') },
  { step: 'approved', at: job('accepted') },
  { step: 'floors passed, dataset checked', at: phase('checking') },
  { step: 'models being fetched', at: phase('fetching') },
  { step: 'model half downloaded', at: halfAModel, short: true },
  { step: 'mid-journal', at: phase('evaluating', 8) },
  { step: 'journal complete, not gated', at: phase('reporting') },
  { step: 'gated but unsigned', at: { halt: 'gated', inside: 'agent' } },
  { step: 'signed but unsent', at: job('signed') },
  { step: 'sent but unanswered', at: event('sending') },
  { step: 'stored, receipt on its way', at: receiptStuck, short: true },
  { step: 'receipt here but not on the disk', at: { halt: 'receipt-unstored', inside: 'agent' } },
  { step: 'receipt stored', at: event('receipt') },
];

const coordinator: readonly Omit<KillPoint, 'victim'>[] = [
  { step: 'offered', at: job('offered') },
  { step: 'approved', at: job('accepted') },
  { step: 'model half downloaded', at: halfAModel },
  { step: 'mid-journal', at: phase('evaluating', 8) },
  { step: 'report arriving', at: event('sending') },
  { step: 'audit row written, report not', at: { halt: 'audit-written', inside: 'coordinator' } },
  { step: 'stored but receipt unsent', at: { halt: 'stored', inside: 'coordinator' }, short: true },
  { step: 'receipt stored at the site', at: event('receipt') },
];

const postgres: readonly Omit<KillPoint, 'victim'>[] = [
  { step: 'mid-journal', at: phase('evaluating', 8) },
  { step: 'report arriving', at: event('sending') },
  {
    step: 'killed between audit row and report',
    at: { halt: 'audit-written:pause', inside: 'coordinator' },
    short: true,
  },
  {
    step: 'stopped between audit row and report',
    at: { halt: 'audit-written:pause', inside: 'coordinator' },
    signal: 'SIGINT',
  },
];

const cut = (direction: Direction, seconds: number, forgets: boolean): Cut => ({
  direction,
  seconds,
  forgets,
});

const network: readonly Omit<KillPoint, 'victim'>[] = [
  { step: 'receipt lost', at: receiptLost, short: true },
  { step: 'reset mid-journal', at: phase('evaluating', 8) },
  { step: 'reset while the report arrives', at: event('sending') },
  { step: 'report up: 5 s', at: reportCut('up'), cut: cut('up', 5, false) },
  { step: 'receipt down: 5 s', at: reportCut('down'), cut: cut('down', 5, false), short: true },
  { step: 'both ways at the report: 5 s', at: reportCut('both'), cut: cut('both', 5, false) },
  { step: 'model down: 5 s', at: modelCut('down'), cut: cut('down', 5, false) },
  { step: 'both ways mid-journal: 5 s, forgotten', at: phase('evaluating', 8), cut: cut('both', 5, true) },
  { step: 'receipt down: 5 s, forgotten', at: reportCut('down'), cut: cut('down', 5, true) },
  { step: 'model down: 5 s, forgotten', at: modelCut('down'), cut: cut('down', 5, true) },
  { step: 'report up: 90 s', at: reportCut('up'), cut: cut('up', 90, false) },
  { step: 'receipt down: 90 s, forgotten', at: reportCut('down'), cut: cut('down', 90, true) },
  { step: 'both ways mid-journal: 90 s', at: phase('evaluating', 8), cut: cut('both', 90, false) },
];

const of = (victim: KillPoint['victim'], points: readonly Omit<KillPoint, 'victim'>[]): KillPoint[] =>
  points.map((point) => ({ victim, ...point }));

export const killPoints: readonly KillPoint[] = [
  ...of('agent', agent),
  ...of('coordinator', coordinator),
  ...of('PostgreSQL', postgres),
  ...of('network', network),
];
