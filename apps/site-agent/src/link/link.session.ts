// The live connection: Socket.IO from the site outwards, proved on both sides before anything is believed, and made
// again for ever.
import {
  contractVersion,
  LinkChallenge,
  LinkReady,
  socketPath,
  type CoordinatorEvents,
  type Envelope,
  type JobProgress,
  type LinkOpening,
  type SiteEvents,
  readWith,
} from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import type { Cleared, EgressGate } from '../egress/gate.ts';
import type { Site } from '../identity/site.ts';
import { backoffMs } from '../platform/backoff.ts';
import { Bell } from '../platform/bell.ts';
import type { Clock } from '../platform/clock.ts';
import { causeOf, type Log } from '../platform/log.ts';
import { said, type Narrator } from '../platform/narrator.ts';
import { nonce, type Random } from '../platform/random.ts';
import { agentVersion } from '../platform/versions.ts';
import { below } from './address.ts';
import { checkCoordinatorHello, siteHelloFields } from './challenge.ts';
import type { CoordinatorClient } from './coordinator.client.ts';
import { networkError } from './network-error.ts';
import { directly, type Outbound } from './outbound.ts';
import { refusalFrom } from './refusal.ts';

const handshakeMs = 30_000;
const noAnswer = 'no answer to the handshake';
/** a session is renewed when this part of it is left */
const renewAt = 0.1;

export interface LinkListeners {
  /** the connection is proved: open work may go on */
  ready(): void;
  offer(envelope: unknown): void;
  cancel(job: string): void;
}

const Cancel = z.strictObject({ job: z.string() });
type LinkSocket = Socket<CoordinatorEvents, SiteEvents>;

export interface LinkWorld {
  readonly site: Site;
  readonly gate: EgressGate;
  readonly client: CoordinatorClient;
  /** absent: straight out */
  readonly outbound?: Outbound;
  /** time to prove both sides, in milliseconds; absent: 30 000 */
  readonly handshakeMs?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly narrator: Narrator;
}

export class LinkSession {
  readonly #world: LinkWorld;
  #socket: LinkSocket | undefined;
  /** some proxies take a websocket and let nothing through: turned when a handshake met silence, kept once proved */
  #pollsOnly = false;

  constructor(world: LinkWorld) {
    this.#world = world;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  /** Streams a number or two; nothing is kept for later when there is no connection. */
  progress(progress: Cleared<JobProgress>): void {
    this.#socket?.emit('job:progress', progress.value);
  }

  /** Connects, and connects again after every end, until the signal is given. */
  async run(signal: AbortSignal, listeners: LinkListeners): Promise<void> {
    const { clock, random, gate, narrator, log } = this.#world;
    const bell = new Bell(clock);
    let failures = 0;
    while (!signal.aborted) {
      const { error, proved } = await this.#connection(signal, listeners);
      await gate
        .flushPresence()
        .catch((cause: unknown) => log.warn('ledger not written', { cause: causeOf(cause) }));
      if (signal.aborted) return;
      failures = proved ? 1 : failures + 1;
      if (!proved && error.details['reason'] === noAnswer) this.#pollsOnly = !this.#pollsOnly;
      const retryInMs = backoffMs(failures, random.fraction());
      narrator.tell({ event: 'disconnected', ...said(error), retryInMs });
      await bell.wait(retryInMs, signal);
    }
  }

  /** One connection from opening to end. Resolves when it has ended, with the reason. */
  #connection(
    signal: AbortSignal,
    listeners: LinkListeners,
  ): Promise<{ error: DomainError; proved: boolean }> {
    const { site, gate, client, clock, random, outbound = directly } = this.#world;
    const opened = {
      address: site.enrolment.coordinator,
      siteKeyId: site.signer.keyId,
      siteNonce: nonce(random),
    };
    const { siteKeyId, siteNonce } = opened;
    const opening = gate.opening({ contract: contractVersion, agentVersion, siteKeyId, siteNonce });
    const socket = openSocket(opened.address, opening, outbound, this.#pollsOnly);
    let proved = false;
    // by the coordinator's own clock, which need not agree with ours
    let challengedAt: number | undefined;

    return new Promise((resolve) => {
      const timers: NodeJS.Timeout[] = [];
      const end = (error: DomainError): void => {
        timers.forEach(clearTimeout);
        signal.removeEventListener('abort', stop);
        this.#socket = undefined;
        client.dropSession();
        socket.removeAllListeners();
        socket.io.off('ping');
        socket.disconnect();
        resolve({ error, proved });
      };
      const stop = (): void => end(unreachable('stopped'));
      const guarded = (work: () => Promise<void> | void): void => {
        Promise.resolve()
          .then(work)
          .catch((error: unknown) => end(asRefusal(error)));
      };

      const answer = async (challenge: unknown, reply: (hello: Envelope) => void): Promise<void> => {
        const hello = checkCoordinatorHello(parse(LinkChallenge, challenge), opened, site.trust, clock.now());
        await site.rememberDelegation(parse(LinkChallenge, challenge).delegation);
        challengedAt = Date.parse(hello.issuedAt);
        reply(gate.hello(site.signer.hello(siteHelloFields(hello, opened, agentVersion))).value);
      };
      const ready = (message: unknown): void => {
        const { session, expiresAt, ...who } = parse(LinkReady, message);
        if (challengedAt === undefined) {
          throw new DomainError('challenge-failed', { reason: 'ready before the challenge' });
        }
        if (who.site !== site.enrolment.site || who.study !== site.enrolment.study) {
          throw new DomainError('challenge-failed', { reason: 'the session is for another site or study' });
        }
        proved = true;
        timers.forEach(clearTimeout);
        const lastsMs = (Date.parse(expiresAt) - challengedAt) * (1 - renewAt);
        timers.push(
          setTimeout(
            () => end(new DomainError('session-expired')),
            Math.min(Math.max(lastsMs, 1000), 2 ** 31 - 1),
          ),
        );
        client.adoptSession(session, () => end(new DomainError('session-expired')));
        this.#socket = socket;
        this.#world.narrator.tell({ event: 'connected', address: opened.address });
        listeners.ready();
      };

      const patienceMs = this.#world.handshakeMs ?? handshakeMs;
      timers.push(setTimeout(() => end(unreachable(noAnswer)), patienceMs));
      signal.addEventListener('abort', stop, { once: true });
      socket.io.on('ping', () => gate.heartbeat());
      socket.on('connect_error', (error: Error & { data?: unknown }) =>
        end(refusalFrom(error.data) ?? networkError(error)),
      );
      socket.on('disconnect', (reason) => end(unreachable(reason)));
      socket.on('link:refused', (problem) => end(refusalFrom(problem) ?? unreachable('refused')));
      socket.on('link:probe', (reply) => {
        gate.heartbeat();
        reply();
      });
      socket.on('link:challenge', (challenge, reply) => guarded(() => answer(challenge, reply)));
      socket.on('link:ready', (message) => guarded(() => ready(message)));
      socket.on('job:offer', (offer) => guarded(() => void (proved && listeners.offer(offer))));
      socket.on('job:cancel', (cancel) =>
        guarded(() => void (proved && listeners.cancel(parse(Cancel, cancel).job))),
      );
      socket.connect();
    });
  }
}

/** One port, one path; polling where a proxy does not let websockets through. Reconnection is ours. */
function openSocket(
  address: string,
  opening: Cleared<LinkOpening>,
  { socket }: Outbound,
  pollsOnly: boolean,
): LinkSocket {
  const url = below(address, socketPath);
  return io(url.origin, {
    path: url.pathname,
    transports: pollsOnly ? ['polling'] : ['websocket', 'polling'],
    upgrade: !pollsOnly,
    tryAllTransports: true,
    auth: opening.value,
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    ...socket,
  });
}

function unreachable(reason: string): DomainError {
  return new DomainError('coordinator-unreachable', { reason });
}

function asRefusal(error: unknown): DomainError {
  return isDomainError(error)
    ? error
    : new DomainError('internal', { reason: 'the link failed' }, { cause: error });
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = readWith(schema, value);
  if (!parsed.success)
    throw new DomainError('challenge-failed', { reason: 'a message does not fit the contract' });
  return parsed.data;
}
