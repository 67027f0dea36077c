// A whole coordinator in this process, on a free port, with an embedded PostgreSQL of its own in a temporary folder.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { readConfig } from '../../apps/coordinator/src/config.ts';
import { openCoordinator } from '../../apps/coordinator/src/coordinator.ts';

export interface RunningCoordinator {
  readonly url: string;
  readonly adminToken: string;
  readonly app: INestApplication;
  readonly dataDir: string;
  /** A request with the administrator token (or `token`), JSON in and out. */
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  /** Stops everything; the folder goes too, unless the caller named it. */
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  /** null: none */
  readonly token?: string | null;
}

export interface Answer<T> {
  readonly status: number;
  readonly type: string;
  readonly body: T;
}

export interface CoordinatorOptions {
  /** Kept after `close`, so that a second coordinator may start in it. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startCoordinator(options: CoordinatorOptions = {}): Promise<RunningCoordinator> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sidemark-coordinator-')));
  const tokenFile = join(dataDir, 'admin.token');
  const config = readConfig({
    SIDEMARK_DATA_DIR: dataDir,
    SIDEMARK_PORT: '0',
    SIDEMARK_ADMIN_TOKEN_FILE: tokenFile,
    // tests are one caller, and a busy one
    SIDEMARK_ENROLMENTS_PER_MINUTE: '100000',
    SIDEMARK_AUTH_FAILURES_PER_MINUTE: '100000',
    SIDEMARK_LINK_OPENINGS_PER_MINUTE: '100000',
    ...options.env,
  });
  const coordinator = await openCoordinator(config);
  const { app, url } = coordinator;
  const adminToken = (await readFile(tokenFile, 'utf8')).trim();
  return {
    url,
    adminToken,
    app,
    dataDir,
    call: (method, path, { body, token = adminToken } = {}) => call(`${url}${path}`, method, token, body),
    close: async () => {
      await coordinator.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function call<T>(url: string, method: string, token: string | null, body: unknown): Promise<Answer<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: (text === '' ? null : JSON.parse(text)) as T };
}
