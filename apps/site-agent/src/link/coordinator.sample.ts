// A coordinator for tests: a real HTTP and Socket.IO server on a free port, with knobs for what may go wrong.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  contractVersion,
  LinkOpening,
  payloadTypes,
  Report,
  routes,
  SiteHello,
  socketPath,
  type Envelope,
  type JobProgress,
  type JobStateChange,
  type LinkChallenge,
  type RunDistribution,
} from '@sidemark/core/contract';
import { catalogue, type ErrorCode } from '@sidemark/core/errors';
import { decodeBase64, sha256, sixWords, type SigningKey } from '@sidemark/core/signing';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import {
  base64,
  delegationOf,
  ids,
  models,
  onlineKey,
  protocolDigest,
  protocolEnvelope,
  releaseKey,
  seal,
} from '../jobs/trial.sample.ts';

const session = 'S'.repeat(43);

export class SampleCoordinator {
  readonly received = {
    tokens: [] as string[],
    openings: [] as z.infer<typeof LinkOpening>[],
    hellos: [] as SiteHello[],
    states: [] as JobStateChange[],
    progress: [] as JobProgress[],
    reports: [] as Envelope[],
    ranges: [] as (string | undefined)[],
  };
  /** what the challenge is changed to before it is sent */
  twist: (challenge: LinkChallenge) => LinkChallenge = (challenge) => challenge;
  hello: Record<string, unknown> = {};
  release: SigningKey = releaseKey;
  /** bytes after which a model download is cut, once each */
  cuts: number[] = [];
  released = new Map(Object.values(models).map(({ ref, released }) => [ref.sha256, released]));
  bytes = new Map(Object.values(models).map(({ ref, bytes }) => [ref.sha256, bytes]));
  protocols = new Map([[protocolDigest, protocolEnvelope]]);
  refuseReport: ErrorCode | undefined;
  /** what a site is told of the others; undefined: not yet */
  distribution: RunDistribution | undefined;
  dropReportAnswers = 0;
  offers: Envelope[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #io = new Server(this.#server, { path: socketPath });
  readonly #sockets = new Set<Socket>();

  async start(): Promise<this> {
    this.#server.keepAliveTimeout = 60_000;
    this.#io.on('connection', (socket) => this.#greet(socket));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    // an idle connection that is kept alive would hold it open for a minute
    const closed = this.#io.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.disconnect(true);
  }

  offer(envelope: Envelope): void {
    this.offers.push(envelope);
    for (const socket of this.#sockets) socket.emit('job:offer', envelope);
  }

  cancel(job: string): void {
    for (const socket of this.#sockets) socket.emit('job:cancel', { job });
  }

  challenge({ siteKeyId, siteNonce }: z.infer<typeof LinkOpening>): LinkChallenge {
    const hello = {
      schema: 'sidemark.coordinator-hello/1',
      contract: contractVersion,
      address: this.address,
      siteKeyId,
      coordinatorKeyId: onlineKey.keyId,
      siteNonce,
      coordinatorNonce: 'c'.repeat(64),
      issuedAt: new Date().toISOString(),
      ...this.hello,
    };
    return this.twist({
      hello: seal(payloadTypes.coordinatorHello, hello, onlineKey),
      delegation: delegationOf(onlineKey, this.release),
      releasePublicKey: base64(this.release.publicKey),
    });
  }

  #greet(socket: Socket): void {
    const opening = LinkOpening.parse(socket.handshake.auth);
    this.received.openings.push(opening);
    socket.emit('link:challenge', this.challenge(opening), (answer: Envelope) => {
      this.received.hellos.push(SiteHello.parse(statementOf(answer)));
      const expiresAt = new Date(Date.now() + 3600_000).toISOString();
      socket.emit('link:ready', { site: ids.site, study: ids.study, session, expiresAt });
      this.#sockets.add(socket);
      for (const offer of this.offers) socket.emit('job:offer', offer);
    });
    socket.on('job:progress', (progress: JobProgress) => this.received.progress.push(progress));
    socket.on('disconnect', () => this.#sockets.delete(socket));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.startsWith(socketPath)) return;
    const body = await readBody(request);
    const last = path.split('/').at(-1) ?? '';
    if (path === '/api/enrolment/hello') return answer(response, this.challenge(LinkOpening.parse(body)));
    if (path === '/api/enrolment') return answer(response, this.#enrol(body));
    if (path === routes.alive.path)
      return answer(response, { status: 'alive', contract: contractVersion, version: '0.1.0' });
    if (request.headers.authorization !== `Bearer ${session}`) return refuse(response, 'unauthenticated');
    const envelope = path.startsWith('/api/site/protocols/') ? this.protocols.get(last) : undefined;
    if (envelope) return answer(response, { digest: last, envelope });
    if (path.endsWith('/bytes')) return this.#sendBytes(path.split('/').at(-2) ?? '', request, response);
    if (path.startsWith('/api/site/models/')) return answer(response, this.released.get(last));
    if (path.endsWith('/distribution'))
      return this.distribution === undefined
        ? refuse(response, 'distribution-not-ready')
        : answer(response, this.distribution);
    if (path.endsWith('/state')) return answer(response, this.#state(body));
    if (path === '/api/site/reports') return this.#report(body as Envelope, response);
    refuse(response, 'not-found');
  }

  #enrol(body: unknown): unknown {
    const { statement, token } = z.object({ statement: z.custom<Envelope>(), token: z.string() }).parse(body);
    this.received.tokens.push(token);
    return { site: ids.site, state: 'pending', words: sixWords(sha256(decodeBase64(statement.payload))) };
  }

  #state(body: unknown): unknown {
    const change = body as JobStateChange;
    this.received.states.push(change);
    const updatedAt = new Date().toISOString();
    return {
      id: ids.job,
      run: ids.run,
      site: ids.site,
      siteName: 'north',
      ...change,
      progress: null,
      updatedAt,
    };
  }

  #sendBytes(digest: string, request: IncomingMessage, response: ServerResponse): void {
    const range = request.headers.range;
    this.received.ranges.push(range);
    const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const rest = (this.bytes.get(digest) ?? new Uint8Array()).subarray(from);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': rest.length });
    const cut = this.cuts.shift();
    if (cut === undefined) response.end(rest);
    else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 250));
  }

  #report(envelope: Envelope, response: ServerResponse): void {
    this.received.reports.push(envelope);
    if (this.dropReportAnswers-- > 0) return void response.destroy();
    if (this.refuseReport !== undefined) return refuse(response, this.refuseReport);
    answer(response, receiptOf(envelope));
  }
}

export function statementOf(envelope: Envelope): unknown {
  return JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'));
}

export function receiptOf(
  envelope: Envelope,
  more: Record<string, unknown> = {},
  key: SigningKey = onlineKey,
): Envelope {
  const { header } = Report.parse(statementOf(envelope));
  const receipt = {
    schema: 'sidemark.receipt/1',
    job: header.job,
    site: header.site,
    payloadDigest: sha256(decodeBase64(envelope.payload)),
    sequence: header.sequence,
    receivedAt: new Date().toISOString(),
    auditHead: 'a'.repeat(64),
    ...more,
  };
  return seal(payloadTypes.receipt, receipt, key);
}

function answer(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, code: ErrorCode): void {
  const { status, failure, sentence } = catalogue[code];
  response.statusCode = status;
  answer(response, {
    type: 'about:blank',
    title: sentence,
    status,
    code,
    failure,
    details: {},
    requestId: 'r',
  });
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
