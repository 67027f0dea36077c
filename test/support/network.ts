// The network between a site and a coordinator, as a TCP proxy that a test holds in its hand: it remembers every byte,
// keeps bytes back in one direction or both, forgets connections as a firewall does, and resets them.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Direction = 'up' | 'down' | 'both';

/** One TCP connection, with all that went through it. */
export interface Recorded {
  /** site to coordinator */
  readonly up: Buffer[];
  /** coordinator to site */
  readonly down: Buffer[];
}

/** What is to happen, once, to the next request that fits. */
export interface Accident {
  readonly request: RegExp;
  /**
   * `reset`, `silence`: when `afterBytes` of the answer have passed, the connection is reset, or nothing passes on it
   * any more; an answer that ends before lets the accident wait. A direction: from the request itself on, nothing
   * passes in it on any connection.
   */
  readonly then: 'reset' | 'silence' | Direction;
  readonly afterBytes?: number;
}

type Pending = Accident & { readonly happened: () => void };

interface Line extends Recorded {
  readonly site: Socket;
  readonly coordinator: Socket;
  readonly held: { readonly way: 'up' | 'down'; readonly bytes: Buffer }[];
  /** what awaits the answer, and bytes of it that may still pass */
  awaits?: { readonly accident: Pending; left: number } | undefined;
  forgotten: boolean;
  /** the end that hung up while the network was cut */
  hungUp?: 'site' | 'coordinator';
}

export class Network {
  readonly recorded: Recorded[] = [];
  /** requests that fit are answered with a reset, as by a proxy that cuts websockets */
  refuses: RegExp | undefined;
  readonly #accidents: Pending[] = [];
  #held: Direction | undefined;
  readonly #lines = new Set<Line>();
  readonly #server: Server;

  private constructor(private readonly targetPort: number) {
    this.#server = createServer((site) => this.#open(site));
  }

  /** Listens on a free port of this machine and leads to `targetPort`. */
  static async to(targetPort: number): Promise<Network> {
    const network = new Network(targetPort);
    await new Promise<void>((resolve) => network.#server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when it has happened. */
  accident(accident: Accident): Promise<void> {
    return new Promise((happened) => this.#accidents.push({ ...accident, happened }));
  }

  /** From now on nothing passes in this direction; new connections meet silence, too. */
  hold(direction: Direction): void {
    this.#held = direction;
  }

  /**
   * Bytes pass again. What was kept back arrives late, as TCP would have it; or, where a firewall `forgets`, the
   * connections of before stay silent for ever and only new ones pass.
   */
  heal({ forgets }: { readonly forgets: boolean }): void {
    this.#held = undefined;
    for (const line of this.#lines) {
      if (forgets) line.forgotten = true;
      for (const { way, bytes } of line.held.splice(0)) if (!forgets) this.#write(line, way, bytes);
      if (line.hungUp !== undefined) this.#hangUp(line, line.hungUp);
    }
  }

  /** Every connection ends with a reset. */
  reset(): void {
    for (const line of this.#lines) this.#end(line);
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #open(site: Socket): void {
    const coordinator = connect(this.targetPort, '127.0.0.1');
    const line: Line = { site, coordinator, up: [], down: [], held: [], forgotten: false };
    this.#lines.add(line);
    this.recorded.push(line);
    site.on('data', (bytes) => this.#said(line, bytes)).on('error', () => this.#end(line));
    coordinator.on('data', (bytes) => this.#pass(line, 'down', bytes)).on('error', () => this.#end(line));
    site.on('close', () => this.#hangUp(line, 'site'));
    coordinator.on('close', () => this.#hangUp(line, 'coordinator'));
  }

  #said(line: Line, bytes: Buffer): void {
    const text = bytes.toString('latin1');
    const at = this.#accidents.findIndex(({ request }) => request.test(text));
    const accident = this.#accidents[at];
    if (accident?.then === 'reset' || accident?.then === 'silence') {
      line.awaits = { accident, left: accident.afterBytes ?? 0 };
    } else if (accident !== undefined) {
      this.#accidents.splice(at, 1);
      this.hold(accident.then);
      accident.happened();
    }
    this.#pass(line, 'up', bytes);
    if (this.refuses?.test(text) === true) this.#end(line);
  }

  #pass(line: Line, way: 'up' | 'down', bytes: Buffer): void {
    if (line.forgotten) return;
    if (this.#held === way || this.#held === 'both') line.held.push({ way, bytes });
    else this.#write(line, way, bytes);
  }

  #write(line: Line, way: 'up' | 'down', bytes: Buffer): void {
    const passing = way === 'down' ? this.#beforeAccident(line, bytes) : bytes;
    line[way].push(passing);
    if (passing.length > 0) (way === 'up' ? line.coordinator : line.site).write(passing);
  }

  /** What of an answer still passes. */
  #beforeAccident(line: Line, bytes: Buffer): Buffer {
    const { awaits } = line;
    if (awaits === undefined) return bytes;
    const passing = bytes.subarray(0, awaits.left);
    awaits.left -= passing.length;
    if (passing.length === bytes.length) return passing;
    this.#accidents.splice(this.#accidents.indexOf(awaits.accident), 1);
    line.awaits = undefined;
    line.forgotten = true;
    // what has passed is to arrive before the reset does
    setTimeout(() => {
      if (awaits.accident.then === 'reset') this.#end(line);
      awaits.accident.happened();
    }, 50);
    return passing;
  }

  /** A network that is cut tells nobody that the other end has gone. */
  #hangUp(line: Line, end: 'site' | 'coordinator'): void {
    line.hungUp = end;
    if (line.forgotten || this.#held !== undefined) return;
    line[end === 'site' ? 'coordinator' : 'site'].end();
    this.#lines.delete(line);
  }

  #end(line: Line): void {
    this.#lines.delete(line);
    for (const socket of [line.site, line.coordinator]) if (!socket.destroyed) socket.resetAndDestroy();
  }
}
