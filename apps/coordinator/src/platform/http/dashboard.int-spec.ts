// The dashboard as the coordinator serves it: its files under a strict policy, or a sentence where they are absent.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCoordinator, startCoordinator } from '../../../../../test/support/coordinator.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-dashboard-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a coordinator with a built dashboard', () => {
  let coordinator: RunningCoordinator;
  beforeAll(async () => {
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Sidemark</title>');
    await writeFile(join(folder, 'assets/index-1a2b.js'), 'export {};');
    await writeFile(join(folder, '.sources'), 'a stamp');
    coordinator = await startCoordinator({ env: { SIDEMARK_DASHBOARD_DIR: folder } });
  });
  afterAll(() => coordinator.close());

  it('serves it without a credential, and lets it load and write nothing but its own', async () => {
    const page = await fetch(`${coordinator.url}/`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(await page.text()).toMatch(/<title>Sidemark/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*style-src 'self';.*connect-src 'self'/);
    expect(policy).not.toMatch(/unsafe/);
  });

  it('lets a browser keep what has its digest in its name', async () => {
    const asset = await fetch(`${coordinator.url}/assets/index-1a2b.js`);
    expect(asset.headers.get('content-type')).toMatch(/javascript/);
    expect(asset.headers.get('cache-control')).toMatch(/immutable/);
  });

  it.each(['/.sources', '/assets/', '/..%2f..%2fetc/passwd', '/elsewhere'])(
    'has nothing at %s',
    async (path) => {
      const answer = await fetch(`${coordinator.url}${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    },
  );

  it('keeps the API behind its token', async () => {
    expect((await fetch(`${coordinator.url}/api/studies`)).status).toBe(401);
  });
});

describe('a coordinator without one', () => {
  it('says so in a sentence, with what to do', async () => {
    const coordinator = await startCoordinator({ env: { SIDEMARK_DASHBOARD_DIR: join(folder, 'absent') } });
    const answer = await fetch(`${coordinator.url}/`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/dashboard is not built here: run `npm run build:dashboard`/);
    expect((await fetch(`${coordinator.url}/api/health`)).status).toBe(200);
    await coordinator.close();
  });
});
