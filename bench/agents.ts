// Connected agents on one coordinator process: memory for each, what their heartbeats cost, and a storm in which all
// of them come back at once after the coordinator was killed. The agents are the link of an agent without the rest:
// Socket.IO, opening, signed hello, heartbeats, the agent's own pauses between tries. Each has an address of its own
// (127.x.y.z), so that the coordinator's limits by caller are those of real use.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LinkChallenge, socketPath } from '@sidemark/core/contract';
import { type SigningKey, signingKeyFromSeed } from '@sidemark/core/signing';
import { io, type Socket } from 'socket.io-client';
import { backoffMs } from '../apps/site-agent/src/platform/backoff.ts';
import { freePort } from '../test/support/free-port.ts';
import { openingOf, siteHello } from '../test/support/site.ts';
import { BenchCoordinator } from './coordinator.ts';
import { type Line, quantile, round } from './line.ts';

const steps = [0, 500, 1000, 2000];
const settleMs = 5000;
const heartbeatsMs = 60_000;
/** links that are being opened at the same time while the first ones come */
const atOnce = 50;

class BenchAgent {
  #socket: Socket | undefined;
  #failures = 0;
  /** milliseconds from opening to ready, of the last opening that succeeded */
  handshakeMs = 0;
  /** when it was last ready, by performance.now() */
  readyAt = 0;
  errors = 0;
  isReady = false;

  constructor(
    private readonly url: string,
    private readonly key: SigningKey,
    private readonly address: string,
  ) {}

  /** Resolves when ready the first time; comes back by itself after every end, until `stop`. */
  start(): Promise<void> {
    return new Promise((ready) => this.#open(ready));
  }

  stop(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
  }

  #open(ready: () => void): void {
    const opening = openingOf(this.key);
    const since = performance.now();
    const options = { path: socketPath, auth: opening, reconnection: false, forceNew: true };
    const local = { transports: ['websocket'], localAddress: this.address };
    const socket = io(this.url, { ...options, ...local });
    this.#socket = socket;
    let hasEnded = false;
    const end = (isError: boolean): void => {
      if (hasEnded) return;
      hasEnded = true;
      this.isReady = false;
      if (isError) this.errors += 1;
      socket.removeAllListeners();
      socket.disconnect();
      this.#failures += 1;
      setTimeout(() => this.#open(ready), backoffMs(this.#failures, Math.random()));
    };
    socket.on('link:challenge', (challenge: LinkChallenge, reply: (envelope: unknown) => void) =>
      reply(siteHello(this.key, challenge)),
    );
    socket.on('link:probe', (reply: () => void) => reply());
    socket.on('link:ready', () => {
      this.#failures = 0;
      this.isReady = true;
      this.readyAt = performance.now();
      this.handshakeMs = this.readyAt - since;
      ready();
    });
    socket.on('link:refused', () => end(true)).on('connect_error', () => end(true));
    socket.on('disconnect', () => end(false));
  }
}

async function connectAll(agents: readonly BenchAgent[]): Promise<void> {
  const queue = [...agents];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next.start();
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

export async function benchAgents(): Promise<Line[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sidemark-bench-'));
  const port = await freePort();
  let coordinator = BenchCoordinator.start();
  const agents: BenchAgent[] = [];
  try {
    const { url } = await coordinator.ask({ ask: 'open', dataDir, port });
    const { seeds } = await coordinator.ask({ ask: 'sites', count: steps.at(-1) ?? 0 });
    const keys = seeds.map((seed) => signingKeyFromSeed(Buffer.from(seed, 'base64')));
    const [rss, heap]: [number[], number[]] = [[], []];
    for (const step of steps) {
      const more = keys.slice(agents.length, step).map((key, i) => {
        const n = agents.length + i + 1;
        return new BenchAgent(url, key, `127.1.${n >> 8}.${n & 255}`);
      });
      await connectAll(more);
      agents.push(...more);
      await sleep(settleMs);
      const { rssBytes, heapBytes, online } = await coordinator.ask({ ask: 'usage' });
      if (online !== step) throw new Error(`${online} of ${step} agents are connected`);
      rss.push(rssBytes);
      heap.push(heapBytes);
    }
    const before = await coordinator.ask({ ask: 'usage' });
    await sleep(heartbeatsMs);
    const after = await coordinator.ask({ ask: 'usage' });
    const idle = (after.cpuMs - before.cpuMs) / heartbeatsMs;
    await coordinator.kill();
    coordinator = BenchCoordinator.start();
    const storm = await stormOf(agents, () => coordinator.ask({ ask: 'open', dataDir, port }));
    const { cpuMs } = await coordinator.ask({ ask: 'usage' });
    return [memoryLine(rss, heap), heartbeatLine(idle, after.online), stormLine(storm, agents.length, cpuMs)];
  } finally {
    agents.forEach((agent) => agent.stop());
    await coordinator.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Storm {
  readonly ms: number;
  /** from the moment the coordinator listened again until each agent was ready */
  readonly backMs: readonly number[];
  readonly handshakeMs: readonly number[];
  readonly errors: number;
}

async function stormOf(agents: readonly BenchAgent[], open: () => Promise<unknown>): Promise<Storm> {
  await open();
  const errorsBefore = agents.reduce((sum, { errors }) => sum + errors, 0);
  const since = performance.now();
  while (!agents.every(({ isReady }) => isReady)) await sleep(20);
  const backMs = agents.map(({ readyAt }) => Math.max(0, readyAt - since));
  const errors = agents.reduce((sum, agent) => sum + agent.errors, 0) - errorsBefore;
  return {
    ms: performance.now() - since,
    backMs,
    handshakeMs: agents.map((agent) => agent.handshakeMs),
    errors,
  };
}

/** Least squares over the steps. */
function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return over / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

function memoryLine(rss: readonly number[], heap: readonly number[]): Line {
  const mib = (bytes: number): string => `${round(bytes / 2 ** 20)} MiB`;
  const perAgent = slope(steps, rss);
  return {
    what: `memory of the coordinator with ${steps.join(', ')} agents`,
    measured:
      `${round(perAgent / 1024)} KiB each of the resident set, ` +
      `${round(slope(steps, heap) / 1024)} KiB of living objects (slopes, after a collection)`,
    reference: `alone: ${mib(rss[0]!)}; with all: ${mib(rss.at(-1)!)}`,
    ratio: `${((perAgent * 2000) / rss[0]!).toFixed(2)} x itself for 2,000`,
    limit: 'sockets of Socket.IO and ws, one of each for an agent',
  };
}

function heartbeatLine(share: number, online: number): Line {
  return {
    what: `heartbeats of ${online} agents, one in 25 s each`,
    measured: `${(share * 100).toFixed(1)} % of one core over ${heartbeatsMs / 1000} s, all still connected`,
    reference: 'no query and no signature for a heartbeat',
    ratio: '',
    limit: 'timers and frames of Engine.IO',
  };
}

function stormLine({ ms, backMs, handshakeMs, errors }: Storm, count: number, cpuMs: number): Line {
  const s = (value: number): string => `${round(value / 1000)} s`;
  return {
    what: `storm: ${count} agents after a SIGKILL of the coordinator`,
    measured:
      `all back ${s(ms)} after it listened, ${errors} refused or failed openings; ` +
      `back p50 ${s(quantile(backMs, 0.5))}, p99 ${s(quantile(backMs, 0.99))}; ` +
      `handshake p50 ${s(quantile(handshakeMs, 0.5))}, p99 ${s(quantile(handshakeMs, 0.99))}`,
    reference: 'the agents\u2019 own pauses: up to 30 s when the coordinator was away for long',
    ratio: '',
    limit: `${round(cpuMs / count)} ms of coordinator CPU each, start included: signing the hello (TweetNaCl), then queries`,
  };
}
