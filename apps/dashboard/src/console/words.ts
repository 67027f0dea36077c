// States and verbs of a site's jobs, in words.
import type { ConsoleJob, ConsoleVerb } from '@sidemark/core/contract';

const states: Readonly<Record<string, string>> = {
  offered: 'arrived',
  held: 'waits for your approval',
  accepted: 'approved, waits its turn',
  running: 'running',
  withheld: 'finished; its report waits for you',
  signed: 'finished; its report is being sent',
  reported: 'reported, with a receipt',
  refused: 'refused',
  failed: 'failed',
  cancelled: 'cancelled by the trial office',
};

export function stateWords({ state, code, held }: Pick<ConsoleJob, 'state' | 'code' | 'held'>): string {
  if (state === 'refused' && code === 'declined-by-person') return 'declined here';
  if (state === 'refused' && code === 'withdrawn-by-person') return 'withdrawn here';
  const words = states[state] ?? state;
  return held && (state === 'accepted' || state === 'running')
    ? `${words}; its report will wait for you`
    : words;
}

export const waitsForPerson = ({ state }: Pick<ConsoleJob, 'state'>): boolean =>
  state === 'held' || state === 'withheld';

export const toneOf = ({ state }: Pick<ConsoleJob, 'state'>): 'good' | 'bad' | 'wait' | 'quiet' => {
  if (state === 'reported') return 'good';
  if (state === 'failed' || state === 'refused') return 'bad';
  return waitsForPerson({ state }) ? 'wait' : 'quiet';
};

export interface VerbWords {
  readonly label: string;
  /** what happens, before it does */
  readonly means: string;
  /** the passphrase of the site key is asked for */
  readonly asks: boolean;
}

export const verbs: Readonly<Record<ConsoleVerb, VerbWords>> = {
  approve: {
    label: 'Approve',
    means:
      'The agent fetches the models, checks them, and works on your films. The report is signed with the key of this site.',
    asks: true,
  },
  hold: {
    label: 'See the report first',
    means:
      'When the report is finished it waits here until you release it. The trial office is told that one is held back, without figures.',
    asks: false,
  },
  release: {
    label: 'Release the report',
    means: 'The report is signed and sent. It cannot be taken back once it has left.',
    asks: true,
  },
  withdraw: {
    label: 'Withdraw',
    means: 'The job stops and no report of it leaves. The trial office is told that a person here withdrew.',
    asks: true,
  },
  decline: {
    label: 'Decline',
    means:
      'Nothing of this job leaves. The trial office is told that a person here declined, and may offer it again.',
    asks: false,
  },
};

/** In the order of the buttons: what lets go first, what ends last. */
export const verbOrder: readonly ConsoleVerb[] = ['approve', 'release', 'hold', 'withdraw', 'decline'];
