// The one way out of the hospital: through its proxy where it has one, trusting its CA where it opens TLS. HTTP and the
// Socket.IO link (polling and websocket) take the same decision and the same roots. Behind a proxy everything goes
// through CONNECT, so that also plain HTTP and websockets reach the coordinator unchanged.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { DomainError } from '@sidemark/core/errors';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Agent, type Dispatcher, fetch as undiciFetch, ProxyAgent } from 'undici';
import type { NetworkConfig } from '../config.ts';
import { isExempt, isThisMachine } from './no-proxy.ts';

export interface SocketWay {
  /** the type of a browser's client: Node's takes an http.Agent here, for polling and websocket */
  readonly agent?: never;
  readonly ca?: string[];
}

/** What the client asks of fetch; both undici's types and those of Node have it. */
export interface OutboundRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly redirect: 'error';
  readonly body?: string;
}

/** Abstract, so that it can be a token of Nest. */
export abstract class Outbound {
  abstract readonly fetch: (url: URL, request: OutboundRequest) => Promise<Response>;
  /** options of the Socket.IO client */
  abstract readonly socket: SocketWay;
}

/** Straight out, with the built-in roots. */
export const directly: Outbound = { fetch: (url, request) => fetch(url, request), socket: {} };

/**
 * The way to one coordinator.
 * @throws DomainError `proxy-invalid`, `ca-file-invalid`
 */
export async function openOutbound(network: NetworkConfig, coordinator: string): Promise<Outbound> {
  const ca = network.caFile === undefined ? undefined : await rootsWith(network.caFile);
  const proxy = proxyFor(new URL(coordinator), network);
  if (ca === undefined && proxy === undefined) return directly;
  const trust = ca === undefined ? {} : { ca };
  const dispatcher =
    proxy === undefined
      ? new Agent({ connect: trust })
      : new ProxyAgent({ uri: proxy.href, proxyTunnel: true, requestTls: trust, proxyTls: trust });
  const plain = coordinator.startsWith('http:') ? new HttpAgent() : new HttpsAgent();
  const agent = proxy === undefined ? plain : new HttpsProxyAgent(proxy, trust);
  return { fetch: fetchThrough(dispatcher), socket: { ...trust, agent: agent as never } };
}

/** undici's own fetch: a dispatcher fits the fetch of its own version only. The types differ in name alone. */
function fetchThrough(dispatcher: Dispatcher): Outbound['fetch'] {
  return async (url, request) => await undiciFetch(url, { ...request, dispatcher });
}

/** The proxy of this address; undefined where none is set, NO_PROXY names the host, or it is this machine. */
export function proxyFor(coordinator: URL, network: NetworkConfig): URL | undefined {
  const [variable, given] =
    coordinator.protocol === 'https:'
      ? ['HTTPS_PROXY', network.httpsProxy]
      : ['HTTP_PROXY', network.httpProxy];
  if (given === undefined || isThisMachine(coordinator) || isExempt(coordinator, network.noProxy))
    return undefined;
  // the address may hold a password: it is not repeated in the error
  const text = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(text)) throw new DomainError('proxy-invalid', { variable, reason: 'not an address' });
  const proxy = new URL(text);
  if (!/^https?:$/.test(proxy.protocol) || proxy.hostname === '')
    throw new DomainError('proxy-invalid', { variable, reason: `${proxy.protocol} is no HTTP proxy` });
  return proxy;
}

/** Built-in roots and those of the file. @throws DomainError `ca-file-invalid` */
async function rootsWith(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DomainError('ca-file-invalid', { reason: 'cannot be read' }, { cause });
  });
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new DomainError('ca-file-invalid', { reason: 'no PEM certificate in it' });
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw new DomainError('ca-file-invalid', { reason: `certificate ${index + 1} is damaged` }, { cause });
    }
  }
  return [...rootCertificates, ...blocks];
}
