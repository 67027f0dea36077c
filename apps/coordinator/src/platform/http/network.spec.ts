import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { limitTimes } from './network.ts';

let server: Server;
afterEach(() => void server.close().closeAllConnections());

/** A server that says how many bytes it was sent. */
async function listening(times: { headersMs: number; idleMs: number }): Promise<number> {
  server = createServer({ connectionsCheckingInterval: 20 }, (incoming, outgoing) => {
    incoming.on('error', () => undefined);
    void text(incoming).then(
      (body) => outgoing.end(String(body.length)),
      () => undefined,
    );
  });
  limitTimes(server, times);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends one byte every 50 ms, so many times, then rests for a while, then ends. */
async function upload(port: number, pieces: number, restMs: number): Promise<string> {
  const sent = request({ port, host: '127.0.0.1', method: 'PUT' });
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('response', (response) => resolve(text(response)));
    sent.on('error', reject);
  });
  answer.catch(() => undefined);
  for (let i = 0; i < pieces; i += 1) {
    sent.write('x');
    await pause(50);
  }
  await pause(restMs);
  sent.end();
  return answer;
}

describe('the times of a request', () => {
  it('let a slow upload take longer than any of them, as long as it moves', async () => {
    const port = await listening({ headersMs: 300, idleMs: 500 });
    expect(await upload(port, 24, 0)).toBe('24');
  });

  it('cut an upload that has fallen silent', async () => {
    const port = await listening({ headersMs: 300, idleMs: 300 });
    await expect(upload(port, 2, 1500)).rejects.toThrow();
  });

  it('cut a request whose headers do not end', async () => {
    const port = await listening({ headersMs: 200, idleMs: 10_000 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
    const drip = setInterval(() => socket.write('x-more: 1\r\n'), 50);
    const answer = await text(socket);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
  });
});
