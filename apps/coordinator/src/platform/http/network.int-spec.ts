// A coordinator as the network sees it: its own TLS, headers, and what it does to those who knock too often.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Problem, socketPath } from '@sidemark/core/contract';
import { io } from 'socket.io-client';
import { type Certificate, privateCertificate } from '../../../../../test/support/certificate.ts';
import { type RunningCoordinator, startCoordinator } from '../../../../../test/support/coordinator.ts';
import { newKey, openingOf } from '../../../../../test/support/site.ts';
import { readConfig } from '../../config.ts';
import { readTls } from './network.ts';

let folder: string;
let certificate: Certificate;
let coordinator: RunningCoordinator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-tls-'));
  certificate = privateCertificate(folder);
  coordinator = await startCoordinator({
    env: {
      SIDEMARK_TLS_CERT_FILE: certificate.certFile,
      SIDEMARK_TLS_KEY_FILE: certificate.keyFile,
      SIDEMARK_TRUST_PROXY: 'loopback',
      SIDEMARK_ENROLMENTS_PER_MINUTE: '3',
      SIDEMARK_AUTH_FAILURES_PER_MINUTE: '3',
      SIDEMARK_LINK_OPENINGS_PER_MINUTE: '3',
    },
  });
});
afterAll(async () => {
  await coordinator.close();
  await rm(folder, { recursive: true, force: true });
});

interface Heard {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** @param caller as a proxy names it. */
function knock(path: string, caller: string, token?: string, body?: unknown): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { 'x-forwarded-for': caller };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(`${coordinator.url}${path}`, { ca: certificate.ca, headers, method }, (response) => {
      text(response).then(
        (said) => resolve({ status: response.statusCode, headers: response.headers, body: said }),
        reject,
      );
    });
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('TLS by the coordinator', () => {
  it('serves HTTP and the link to whoever trusts its CA, and to nobody else', async () => {
    expect(coordinator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await knock('/api/health', '192.0.2.1')).status).toBe(200);
    await expect(fetch(`${coordinator.url}/api/health`)).rejects.toThrow();
    const options = { path: socketPath, reconnection: false, forceNew: true, auth: openingOf(newKey()) };
    const socket = io(coordinator.url, { ...options, ca: certificate.ca, transports: ['websocket'] });
    const refused = await new Promise<Problem>((resolve, reject) => {
      socket.on('link:refused', resolve).on('connect_error', reject);
    });
    socket.disconnect();
    expect(refused.code).toBe('signer-unknown');
  });

  it('says which file is of no use before anything is opened', async () => {
    const words = join(folder, 'words.pem');
    await writeFile(words, 'trust me');
    const tls = (cert: string, key: string): Promise<unknown> =>
      readTls(readConfig({ SIDEMARK_TLS_CERT_FILE: cert, SIDEMARK_TLS_KEY_FILE: key }));
    await expect(tls(certificate.certFile, join(folder, 'absent.pem'))).rejects.toThrow(
      /^SIDEMARK_TLS_KEY_FILE: the file cannot be read/,
    );
    await expect(tls(words, certificate.keyFile)).rejects.toThrow(/not a PEM certificate and its key/);
    await expect(tls(certificate.certFile, join(folder, 'ca.key'))).rejects.toThrow(/not a PEM certificate/);
  });
});

describe('the headers', () => {
  it('tell a browser to load nothing from elsewhere, and to come by https', async () => {
    const { headers } = await knock('/api/health', '192.0.2.1');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('leave the documents page working: its scripts are files of this address, none stands in the page', async () => {
    const { status, headers, body } = await knock('/docs', '192.0.2.1', coordinator.adminToken);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
    const scripts = [...body.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes = '', inline = ''] of scripts) {
      const source = /src="([^"]+)"/.exec(attributes)?.[1] ?? '';
      const { origin, pathname } = new URL(source, `${coordinator.url}/docs`);
      expect([origin, inline.trim()]).toEqual([coordinator.url, '']);
      expect((await knock(pathname, '192.0.2.1', coordinator.adminToken)).status).toBe(200);
    }
    expect(body).not.toMatch(/ on\w+="/);
  });
});

describe('a caller that knocks too often', () => {
  it('is told to wait at the open routes, and only that caller', async () => {
    const hello = (caller: string): Promise<Heard> =>
      knock('/api/enrolment/hello', caller, undefined, openingOf(newKey()));
    for (let i = 0; i < 3; i += 1) expect((await hello('192.0.2.10')).status).toBe(200);
    const { status, headers, body } = await hello('192.0.2.10');
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(JSON.parse(body)).toMatchObject({ code: 'rate-limited', failure: 'transient' });
    expect((await hello('192.0.2.11')).status).toBe(200);
    expect((await knock('/api/health', '192.0.2.10')).status).toBe(200);
  });

  it('may not try token after token, on the API and on the documents together', async () => {
    const wrong = `smk_${'A'.repeat(43)}`;
    const { adminToken } = coordinator;
    for (let i = 0; i < 5; i += 1) expect((await knock('/api/studies', '192.0.2.20')).status).toBe(401);
    for (let i = 0; i < 5; i += 1)
      expect((await knock('/api/studies', '192.0.2.20', adminToken)).status).toBe(200);
    for (const path of ['/api/studies', '/docs'])
      expect((await knock(path, '192.0.2.20', wrong)).status).toBe(401);
    expect((await knock('/api/studies', '192.0.2.20', 'garbage')).status).toBe(401);
    // from here on not even the right one is looked at
    for (const path of ['/api/studies', '/docs'])
      expect((await knock(path, '192.0.2.20', adminToken)).status).toBe(429);
    expect((await knock('/api/studies', '192.0.2.21', adminToken)).status).toBe(200);
  });

  it('may not open link after link, and only that caller', async () => {
    const open = (caller: string): Promise<Problem> =>
      new Promise((resolve, reject) => {
        const socket = io(coordinator.url, {
          ...{ path: socketPath, reconnection: false, forceNew: true, auth: openingOf(newKey()) },
          ...{ ca: certificate.ca, extraHeaders: { 'x-forwarded-for': caller } },
        });
        socket.on('link:refused', (problem: Problem) => {
          socket.disconnect();
          resolve(problem);
        });
        socket.on('connect_error', reject);
      });
    for (let i = 0; i < 3; i += 1) expect((await open('192.0.2.30')).code).toBe('signer-unknown');
    expect(await open('192.0.2.30')).toMatchObject({ code: 'rate-limited', failure: 'transient' });
    expect((await open('192.0.2.31')).code).toBe('signer-unknown');
  });
});
