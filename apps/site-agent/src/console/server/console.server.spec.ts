// The server as strangers meet it: wrong names, wrong origins, no token, too much, nonsense.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { z } from 'zod';
import { silentLog } from '../../platform/log.ts';
import { type ConsoleServer, serveConsole } from './console.server.ts';
import { get, post } from './route.ts';

const token = 't'.repeat(43);
let server: ConsoleServer;

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** fetch sets Host and Origin itself: a hostile client does not. */
function ask({ method = 'GET', path = '/api/hello', headers = {}, body }: Asked) {
  const { port } = new URL(server.address);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

beforeEach(async () => {
  server = await serveConsole(0, {
    token,
    page: new Map([['/', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<p>the page</p>') }]]),
    routes: [
      get('hello', () => Promise.resolve({ said: 'hello' })),
      post('echo/:word', z.strictObject({ n: z.int() }), ({ n }, word) => Promise.resolve({ n, word })),
    ],
    log: silentLog,
  });
});
afterEach(() => server.close());

const bearer = { authorization: `Bearer ${token}` };
const codeOf = ({ body }: { body: string }): unknown => (JSON.parse(body) as { code: unknown }).code;

describe('the server of the console', () => {
  it('is on loopback, and gives the page to who asks by name, under a strict policy', async () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { status, headers, body } = await ask({ path: '/' });
    expect([status, body]).toEqual([200, '<p>the page</p>']);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('refuses a rebound name also for the page, token or not', async () => {
    for (const path of ['/', '/api/hello']) {
      const answer = await ask({ path, headers: { ...bearer, host: 'evil.example' } });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'console-host-refused']);
    }
  });

  it('answers nothing without the token of this start', async () => {
    for (const headers of [{}, { authorization: `Bearer ${'x'.repeat(43)}` }, { cookie: `token=${token}` }]) {
      const answer = await ask({ headers });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'console-token-invalid']);
    }
    expect((await ask({ path: `/api/hello?token=${token}` })).status).toBe(401);
    expect(JSON.parse((await ask({ headers: bearer })).body)).toEqual({ said: 'hello' });
  });

  it('takes a wish from its own page only, and only one that fits', async () => {
    const { host } = new URL(server.address);
    const origin = `http://${host}`;
    const wish = { method: 'POST', path: '/api/echo/a%20b', body: '{"n":1}' };
    expect((await ask({ ...wish, headers: bearer })).status).toBe(403);
    expect((await ask({ ...wish, headers: { ...bearer, origin: 'http://evil.example' } })).status).toBe(403);
    const headers = { ...bearer, origin };
    expect(JSON.parse((await ask({ ...wish, headers })).body)).toEqual({ n: 1, word: 'a b' });
    expect(codeOf(await ask({ ...wish, headers, body: '{"n":"1"}' }))).toBe('invalid-input');
    expect(codeOf(await ask({ ...wish, headers, body: '{' }))).toBe('invalid-input');
    expect(codeOf(await ask({ ...wish, headers, path: '/api/echo/%E0%A4%A' }))).toBe('not-found');
  });

  it('serves no file but those of the page', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/console.json', '//etc/passwd'])
      expect([path, (await ask({ path })).status]).toEqual([path, 404]);
    expect((await ask({ method: 'PUT', headers: bearer })).status).toBe(403);
    expect((await ask({ path: '/api/nothing', headers: bearer })).status).toBe(404);
  });

  it('stops reading what is too much', async () => {
    const { host } = new URL(server.address);
    const headers = { ...bearer, origin: `http://${host}` };
    const answer = ask({ method: 'POST', path: '/api/echo/x', headers, body: `"${'a'.repeat(200_000)}"` });
    // the answer, or the connection that was closed on what went on coming
    const status = await answer.then(
      (given) => given.status,
      () => 413,
    );
    expect(status).toBe(413);
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(server.address).port);
    await expect(
      serveConsole(port, { token, page: new Map(), routes: [], log: silentLog }),
    ).rejects.toMatchObject({ code: 'usage' });
  });
});
