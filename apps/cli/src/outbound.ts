// The way from the command line to the coordinator: through the proxy that the environment names, as the agent goes.
import { usageError } from '@sidemark/terminal';
import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { Connection } from './config.ts';

/** What a call asks of fetch; both undici's types and those of Node have it. */
export interface OutboundRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const isThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);

/** One request. Everything goes through CONNECT; this machine is never reached through a proxy. @throws DomainError `usage` */
export async function send(
  { proxies = {} }: Connection,
  url: URL,
  request: OutboundRequest,
): Promise<Response> {
  const proxy = url.protocol === 'https:' ? proxies.httpsProxy : proxies.httpProxy;
  if (proxy === undefined || isThisMachine(url)) return fetch(url, request);
  const dispatcher = dispatcherFor(url, proxy, proxies.noProxy);
  // undici's own fetch: a dispatcher fits the fetch of its own version only
  return undiciFetch(url, { ...request, dispatcher });
}

function dispatcherFor(url: URL, given: string, noProxy: string | undefined): EnvHttpProxyAgent {
  const address = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw usageError(
      `the proxy in ${url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} cannot be used: write http://HOST:PORT`,
    );
  return new EnvHttpProxyAgent({
    httpProxy: address,
    httpsProxy: address,
    // an empty list, or undici looks into the environment itself
    noProxy: noProxy ?? '',
    proxyTunnel: true,
  });
}
