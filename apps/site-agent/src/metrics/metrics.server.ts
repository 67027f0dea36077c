// The door for a site's own monitoring, on loopback alone: /metrics, /alive, and /ready, which says whether the link stands.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { DomainError } from '@sidemark/core/errors';
import type { AgentMetrics } from './agent-metrics.ts';

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** @param port 0: a free one @throws DomainError `invalid-input` when it is taken */
export async function openMetrics(metrics: AgentMetrics, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(metrics, request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: unknown) => {
    throw new DomainError(
      'invalid-input',
      { fields: [`SIDEMARK_METRICS_PORT: port ${port} cannot be used`] },
      { cause },
    );
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  metrics: AgentMetrics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  if (!isLocal(request.headers.host)) return say(response, 403, 'ask 127.0.0.1 or localhost\n');
  if (request.method !== 'GET') return say(response, 405, 'GET alone\n');
  switch (request.url) {
    case '/metrics': {
      const { type, body } = await metrics.text();
      return say(response, 200, body, type);
    }
    case '/alive':
      return say(response, 200, 'alive\n');
    case '/ready':
      return metrics.isConnected ? say(response, 200, 'connected\n') : say(response, 503, 'not connected\n');
    default:
      return say(response, 404, 'not found: /metrics, /alive, /ready\n');
  }
}

/** A page of a stranger may find this port under a name of its own; no name but ours is answered. */
const isLocal = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

function say(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'Content-Type': type }).end(body);
}
