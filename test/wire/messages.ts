// What a site said on the wire: every byte of every connection, as messages with a kind. What has no kind is a problem.
import { routes, socketPath } from '@sidemark/core/contract';
import type { Recorded } from '../support/network.ts';
import { type Known, strangeHeaders } from './headers.ts';
import { type HttpRequest, readRequests } from './http-requests.ts';
import { readFrames } from './websocket-frames.ts';

/** Kinds of the egress ledger, and two that carry nothing of the site: `transport` and `goodbye`. */
export type Kind =
  | 'enrolment'
  | 'key-rotation'
  | 'job-state'
  | 'report'
  | 'qualification'
  | 'opening'
  | 'hello'
  | 'request'
  | 'progress'
  | 'heartbeat'
  | 'transport'
  | 'goodbye';

export interface Message {
  readonly kind: Kind;
  /** on the wire, with every head, frame and mask; shared by the messages of one polled body */
  readonly wireBytes: number;
  /** what the site itself had to say: a body, a path with its range, or a packet's content */
  readonly content: string;
  /** of an HTTP request */
  readonly path?: string;
}

export interface Heard {
  readonly messages: readonly Message[];
  readonly problems: readonly string[];
}

export function messagesOf(connections: readonly Recorded[], known: Known): Heard {
  const heard = connections.map((connection) => hear(connection, known));
  return {
    messages: heard.flatMap(({ messages }) => messages),
    problems: heard.flatMap(({ problems }) => problems),
  };
}

function hear({ up, down }: Recorded, known: Known): Heard {
  const { requests, rest } = readRequests(Buffer.concat(up));
  const messages: Message[] = [];
  const problems: string[] = [];
  for (const request of requests) {
    problems.push(...strangeHeaders(request, known));
    const found = readHttp(request, known);
    if (found.length === 0) problems.push(`${request.method} ${request.target} with ${request.body}`);
    messages.push(...found);
  }
  if (!Buffer.concat(down).toString('latin1').includes('HTTP/1.1 101 ')) {
    if (rest.length > 0)
      problems.push(`${rest.length} bytes that are no request: ${rest.toString('latin1')}`);
    return { messages, problems };
  }
  const { frames, rest: unframed } = readFrames(rest);
  for (const { opcode, payload, bytes } of frames) {
    const found =
      opcode === 8 ? readClose(payload) : opcode === 1 ? readPacket(payload.toString()) : undefined;
    if (found === undefined) problems.push(`a frame ${opcode}: ${payload.toString('latin1')}`);
    else messages.push({ ...found, wireBytes: bytes });
  }
  if (unframed.length > 0) problems.push(`${unframed.length} bytes that are no frame`);
  return { messages, problems };
}

type Packet = Omit<Message, 'wireBytes'>;

const patterns = (['siteProtocol', 'siteModel', 'siteModelBytes', 'sitePackBytes'] as const).map(
  (name) => new RegExp(`^${routes[name].path.replace(/:\w+/, '[0-9a-f]{64}')}$`),
);
const jobState = new RegExp(`^${routes.siteJobState.path.replace(':id', '[0-9a-f-]{36}')}$`);
const posts: readonly (readonly [RegExp, Kind])[] = [
  [new RegExp(`^${routes.enrolmentHello.path}$`), 'opening'],
  [new RegExp(`^${routes.enrol.path}$`), 'enrolment'],
  [new RegExp(`^${routes.siteReport.path}$`), 'report'],
  [new RegExp(`^${routes.siteQualification.path}$`), 'qualification'],
  [new RegExp(`^${routes.rotateSiteKey.path}$`), 'key-rotation'],
  [jobState, 'job-state'],
];

/** One request as messages: several where a polled body carries several packets, none where it has no kind. */
function readHttp(request: HttpRequest, known: Known): Message[] {
  const { method, target, body, headers, bytes } = request;
  const [path = '', query] = target.split('?');
  if (path === `${socketPath}/`) return readPoll(request, query, known);
  if (query !== undefined) return [];
  if (method === 'GET' && body === '' && patterns.some((pattern) => pattern.test(path))) {
    const range = headers.find(([name]) => name === 'range')?.[1] ?? '';
    return [{ kind: 'request', wireBytes: bytes, content: path + range, path }];
  }
  const kind = method === 'POST' ? posts.find(([pattern]) => pattern.test(path))?.[1] : undefined;
  return kind === undefined ? [] : [{ kind, wireBytes: bytes, content: body, path }];
}

/** Engine.IO over HTTP: the query names version, transport and session; a body holds packets. */
function readPoll({ method, body, bytes }: HttpRequest, query: string | undefined, known: Known): Message[] {
  const fields = [...new URLSearchParams(query)];
  const strange = fields.filter(([name, value]) => {
    if (name === 'EIO') return value !== '4';
    if (name === 'transport') return value !== 'websocket' && value !== 'polling';
    // the clock and chance of the library, against caches
    if (name === 't') return !/^[0-9a-z]{1,12}$/.test(value);
    return name !== 'sid' || !/^[\w-]{20}$/.test(value) || !known.wasGiven(value);
  });
  if (strange.length > 0) return [];
  if (method === 'GET') return body === '' ? [{ kind: 'transport', wireBytes: bytes, content: '' }] : [];
  const packets = body.split('\x1e').map(readPacket);
  if (method !== 'POST' || packets.includes(undefined)) return [];
  return packets.flatMap((packet, i) => (packet ? [{ ...packet, wireBytes: i === 0 ? bytes : 0 }] : []));
}

/** One packet of Engine.IO, with the packet of Socket.IO in it. */
function readPacket(text: string): Packet | undefined {
  // a pong, or the empty answer to a probe: the packet's type is all there is
  if (text === '3' || /^43\d+\[\]$/.test(text)) return { kind: 'heartbeat', content: '3' };
  if (text === '2probe' || text === '5') return { kind: 'transport', content: '' };
  if (text === '41' || text === '1') return { kind: 'goodbye', content: '' };
  const [, opening] = /^40(\{.*\})$/.exec(text) ?? [];
  if (opening !== undefined) return { kind: 'opening', content: opening };
  const [, hello] = /^43\d+\[(.*)\]$/.exec(text) ?? [];
  if (hello !== undefined) return { kind: 'hello', content: hello };
  const [, progress] = /^42\["job:progress",(.*)\]$/.exec(text) ?? [];
  return progress === undefined ? undefined : { kind: 'progress', content: progress };
}

/** A close frame says a status code or nothing, and no words. */
function readClose(payload: Buffer): Packet | undefined {
  const isPlain = payload.length === 0 || (payload.length === 2 && payload.readUInt16BE(0) <= 1011);
  return isPlain ? { kind: 'goodbye', content: '' } : undefined;
}
