// The API docs in a real browser: closed without the administrator token, readable with it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import { Federation } from '../../apps/cli/src/demo/federation.ts';
import { openContext, patience, shoot, startBrowser } from '../support/browser.ts';

let dir: string;
let federation: Federation;
let browser: Browser;

beforeAll(async () => {
  dir = await makeWorkDirectory('docs');
  federation = new Federation(dir, 1);
  await federation.startCoordinator();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await federation?.end();
  await rm(dir, { recursive: true, force: true });
});

describe('the API docs', () => {
  it('answer 401 without a credential', async () => {
    const { url } = federation.connection;
    expect((await fetch(`${url}/docs`)).status).toBe(401);
    expect((await fetch(`${url}/api/openapi.json`)).status).toBe(401);
  });

  it('show the routes of the contract to the administrator, without an error on the page', async () => {
    const { url, token } = federation.connection;
    const httpCredentials = { username: 'administrator', password: token };
    const context = await openContext(browser, patience.page, { httpCredentials });
    const page = await context.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(`${url}/docs`);
    await page.getByText('/api/site/reports').first().waitFor();
    await page.getByText('The pooled result of a run').first().waitFor();
    expect(failures).toEqual([]);
    await shoot(page, 'api-docs');
  });
});
