// The named steps of a job at which a process is killed, each seen from the events that `agent run --json` prints.
export interface AgentLine {
  readonly event: string;
  readonly state?: string;
  readonly phase?: string;
  readonly imagesDone?: number;
}

export interface KillPoint {
  readonly step: string;
  readonly victim: 'agent' | 'coordinator' | 'PostgreSQL';
  /** true for the first line after which the victim dies */
  readonly at: (line: AgentLine) => boolean;
  /** also in the short form that every `npm test` runs */
  readonly short?: boolean;
}

const job = (state: string) => (line: AgentLine) => line.event === 'job' && line.state === state;
const phase =
  (name: string, done = 0) =>
  (line: AgentLine) =>
    line.event === 'progress' && line.phase === name && (line.imagesDone ?? 0) >= done;
const event = (name: string) => (line: AgentLine) => line.event === name;

export const killPoints: readonly KillPoint[] = [
  { step: 'offered', victim: 'agent', at: job('offered') },
  { step: 'approved', victim: 'agent', at: job('accepted') },
  { step: 'floors passed, dataset checked', victim: 'agent', at: phase('checking') },
  { step: 'models being fetched', victim: 'agent', at: phase('fetching') },
  { step: 'mid-journal', victim: 'agent', at: phase('evaluating', 8) },
  { step: 'journal complete, unsigned', victim: 'agent', at: phase('reporting') },
  { step: 'signed but unsent', victim: 'agent', at: job('signed'), short: true },
  { step: 'sent but unanswered', victim: 'agent', at: event('sending'), short: true },
  { step: 'receipt stored', victim: 'agent', at: event('receipt') },
  { step: 'offered', victim: 'coordinator', at: job('offered') },
  { step: 'models being fetched', victim: 'coordinator', at: phase('fetching') },
  { step: 'mid-journal', victim: 'coordinator', at: phase('evaluating', 8) },
  { step: 'report arriving', victim: 'coordinator', at: event('sending'), short: true },
  { step: 'receipt stored', victim: 'coordinator', at: event('receipt') },
  { step: 'mid-journal', victim: 'PostgreSQL', at: phase('evaluating', 8) },
  { step: 'report arriving', victim: 'PostgreSQL', at: event('sending') },
];
