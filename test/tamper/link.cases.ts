// The Socket.IO door: openings and answers that do not fit, and what a proved site may not say.
import type { LinkOpening, Problem, SiteHello } from '@sidemark/core/contract';
import { signBytes, type SigningKey } from '@sidemark/core/signing';
import {
  connect,
  connected,
  enrol,
  helloIn,
  invite,
  newKey,
  openingOf,
  type SiteAnswer,
  siteHello,
} from '../support/site.ts';
import { type Heard, type HostileCase, seen } from './hostile.ts';
import type { World } from './world.ts';

async function outcomeOf(
  { bench }: World,
  key: SigningKey,
  answer?: SiteAnswer,
  opening?: LinkOpening,
): Promise<Heard> {
  const { socket, outcome } = connect(bench.coordinator, key, answer, opening);
  try {
    const settled = await outcome;
    if ('ready' in settled) return seen('accepted');
    const { code, status, failure }: Problem = settled.refused;
    return { code, status, failure };
  } finally {
    socket.disconnect();
  }
}

const opened = (expected: string, name: string, change: object): HostileCase => ({
  door: 'link',
  name,
  expected,
  prepare: (world) => () =>
    outcomeOf(world, world.linked.key, undefined, { ...openingOf(world.linked.key), ...change }),
});
const answered = (expected: string, name: string, answer: (world: World) => SiteAnswer): HostileCase => ({
  door: 'link',
  name,
  expected,
  prepare: (world) => () => outcomeOf(world, world.linked.key, answer(world)),
});
const hello = (name: string, changes: Partial<SiteHello>): HostileCase =>
  answered(
    'challenge-failed',
    `an answer ${name}`,
    ({ linked }) =>
      (challenge) =>
        siteHello(linked.key, challenge, changes),
  );

const proof: HostileCase[] = [
  opened('contract-version-mismatch', 'a newer contract', { contract: 99 }),
  opened('contract-version-mismatch', 'an older contract', { contract: 0 }),
  opened('invalid-input', 'an opening with one key more', { admin: true }),
  opened('signer-unknown', 'the key id of nobody', { siteKeyId: 'f'.repeat(64) }),
  hello('to another nonce', { coordinatorNonce: 'a'.repeat(64) }),
  hello('for another address', { address: 'http://relay.example' }),
  hello('for another coordinator key', { coordinatorKeyId: 'a'.repeat(64) }),
  hello('for another site key', { siteKeyId: 'a'.repeat(64) }),
  hello('of another contract', { contract: 99 }),
  answered(
    'signer-unknown',
    'an answer signed by a stranger',
    () => (challenge) => siteHello(newKey(), challenge),
  ),
  answered(
    'signature-invalid',
    'an answer forged under the key id',
    ({ linked }) =>
      (challenge) =>
        siteHello({ ...newKey(), keyId: linked.key.keyId }, challenge),
  ),
  answered('challenge-failed', 'no answer but null', () => () => null),
  answered('challenge-failed', 'a bare signature over the nonce', ({ linked }) => (challenge) => {
    const nonce = Buffer.from(helloIn(challenge).coordinatorNonce, 'hex');
    return Buffer.from(signBytes(nonce, linked.key)).toString('base64');
  }),
  answered(
    'envelope-type-unexpected',
    'the hello of the coordinator, mirrored',
    () =>
      ({ hello }) =>
        hello,
  ),
  {
    door: 'link',
    name: 'the answer of an earlier link, replayed',
    expected: 'challenge-failed',
    prepare: async (world) => {
      let earlier: unknown;
      await outcomeOf(world, world.linked.key, (challenge) => {
        return (earlier = siteHello(world.linked.key, challenge));
      });
      return () => outcomeOf(world, world.linked.key, () => earlier);
    },
  },
  {
    door: 'link',
    name: 'a site that waits for approval',
    expected: 'site-not-approved',
    prepare: async (world) => {
      const { coordinator } = world.bench;
      const key = newKey();
      await enrol(coordinator, await invite(coordinator, world.study, 'waits'), key);
      return () => outcomeOf(world, key);
    },
  },
];

/** A proved site emits; the link stays and no job of anyone shows progress. */
const event = (name: string, emits: (world: World) => unknown[]): HostileCase => ({
  door: 'link',
  name,
  expected: 'ignored',
  prepare: async (world) => {
    const { bench, linked } = world;
    const { socket } = await connected(bench.coordinator, linked.key);
    return async () => {
      for (const payload of emits(world)) socket.emit('job:progress', payload);
      for (const other of ['link:ready', 'job:offer', 'job:cancel']) socket.emit(other, emits(world)[0]);
      await new Promise((later) => setTimeout(later, 200));
      const { jobs } = await bench.get<typeof bench.run>(`/api/runs/${bench.run.id}`);
      const isQuiet = socket.connected && jobs.every(({ progress }) => progress === null);
      socket.disconnect();
      return seen(isQuiet ? 'ignored' : 'believed');
    };
  },
});

const progressOf = (job: string): object => ({
  job,
  phase: 'evaluating',
  imagesDone: 3,
  imagesTotal: 9,
  ratePerSecond: 1,
  etaSeconds: null,
});

const events: HostileCase[] = [
  event('garbage events', () => [{ garbage: true }, 'garbage', null, [], 7, { __proto__: null }]),
  event('progress of the job of another site', ({ bench }) => [progressOf(bench.jobOf(bench.alpha).id)]),
  event('progress with one key more', ({ bench }) => [
    { ...progressOf(bench.jobOf(bench.alpha).id), patient: 'P-1' },
  ]),
  {
    door: 'link',
    name: 'an event of 100 kB',
    expected: 'cut off',
    prepare: async (world) => {
      const { socket } = await connected(world.bench.coordinator, world.linked.key);
      return async () => {
        const ended = new Promise<Heard>((tell) => socket.once('disconnect', () => tell(seen('cut off'))));
        socket.emit('job:progress', 'x'.repeat(100_000));
        return ended;
      };
    },
  },
];

export const linkCases = [...proof, ...events];
