// The boxes that stand between a hospital and a coordinator, small enough for tests: a front that terminates TLS, cuts
// websockets or idle connections, and a forward proxy that speaks CONNECT and remembers what went through it.
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../../../../test/support/certificate.ts';

/** a name that only the sample proxy knows: whoever reaches it went through the proxy */
export const hiddenHost = 'coordinator.test';

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

const hushed = <S extends Duplex>(socket: S): S => socket.on('error', () => socket.destroy());

/** A reverse proxy before a coordinator. */
export class Front {
  readonly polls: string[] = [];
  upgrades = 0;
  /** answers `Upgrade` with 403 */
  refusesUpgrades = false;
  /** takes `Upgrade` and never says anything */
  swallowsUpgrades = false;
  /** milliseconds after which an upgraded connection is dropped, whatever happens on it */
  dropsAfterMs: number | undefined;
  port = 0;
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Duplex>();

  constructor(target: string, certificate?: Pick<Certificate, 'cert' | 'key'>) {
    this.#target = new URL(target);
    const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
      this.#pass(incoming, outgoing);
    this.#server = certificate ? createSecureServer(certificate, serve) : createServer(serve);
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex) => this.#upgrade(request, socket));
  }

  /** @param host where to listen */
  async start(host?: string): Promise<this> {
    this.port = await listen(this.#server, host);
    return this;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { url = '/', method, headers } = incoming;
    if (url.includes('transport=polling')) this.polls.push(url);
    const { hostname, port } = this.#target;
    const onward = ask({ hostname, port, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  #upgrade(request: IncomingMessage, socket: Duplex): void {
    this.upgrades += 1;
    this.#sockets.add(hushed(socket));
    if (this.swallowsUpgrades) return;
    if (this.refusesUpgrades) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    const onward = hushed(connect(Number(this.#target.port), this.#target.hostname));
    const lines = [`GET ${request.url ?? '/'} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i] ?? ''}: ${request.rawHeaders[i + 1] ?? ''}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    this.#join(socket, onward);
    if (this.dropsAfterMs !== undefined) setTimeout(() => socket.destroy(), this.dropsAfterMs).unref();
  }

  #join(near: Duplex, far: Socket): void {
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    this.#sockets.add(near).add(far);
  }
}

/** A hospital's HTTP proxy: tunnels what CONNECT asks for, and remembers it. */
export class ConnectProxy {
  /** `host:port` of every tunnel */
  readonly tunnels: string[] = [];
  /** requests that came without CONNECT */
  readonly plain: string[] = [];
  /** `user:password` that it wants */
  credentials: string | undefined;
  #port = 0;
  readonly #sockets = new Set<Duplex>();
  readonly #server = createServer((request, response) => {
    this.plain.push(request.url ?? '');
    response.writeHead(405).end();
  }).on('connect', (request: IncomingMessage, socket: Duplex) => this.#tunnel(request, socket));

  async start(): Promise<this> {
    this.#port = await listen(this.#server);
    return this;
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  #tunnel({ url = '', headers }: IncomingMessage, socket: Duplex): void {
    hushed(socket);
    const wanted =
      this.credentials === undefined
        ? undefined
        : `Basic ${Buffer.from(this.credentials).toString('base64')}`;
    if (headers['proxy-authorization'] !== wanted)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nconnection: close\r\n\r\n');
    this.tunnels.push(url);
    const far = hushed(connect(Number(url.split(':').at(-1)), '127.0.0.1'));
    far.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    socket.on('close', () => far.destroy());
    far.on('close', () => socket.destroy());
    this.#sockets.add(socket).add(far);
  }
}
