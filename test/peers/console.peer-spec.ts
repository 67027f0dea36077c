// The site console in a real browser: the door and who is turned away from it, a job approved with the passphrase, its
// report seen before it leaves, the ledger with the payload; and every page by the rules of axe.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { AgentBench, until } from '../../apps/site-agent/src/jobs/agent-bench.sample.ts';
import { findConsole, type ConsoleFile } from '../../apps/site-agent/src/console/open-console.ts';
import { ids } from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { violationsOn } from '../support/axe.ts';
import { openContext, shoot, startBrowser } from '../support/browser.ts';

const root = join(import.meta.dirname, '../..');
const passphrase = 'a long enough passphrase';

const bench = new AgentBench();
let open: ConsoleFile;
let browser: Browser;
let page: Page;
const failures: string[] = [];

const violations = (): Promise<string[]> => violationsOn(page);

/** What a client that lies about Host or Origin gets. */
function statusFor(path: string, headers: Record<string, string>): Promise<number> {
  const { port } = new URL(open.address);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  Object.assign(bench, { passphrase, withConsole: true });
  await bench.open();
  await bench.policy('default: hold\nreports: hold');
  bench.coordinator.offers = [bench.offerOf()];
  const held = bench.jobIs('held');
  await bench.start();
  await held;
  open = (await findConsole(bench.directory.console))!;
  browser = await startBrowser();
  page = await (await openContext(browser)).newPage();
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    // the browser itself writes down the refusals that are asked for below
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) failures.push(message.text());
  });
});

afterAll(async () => {
  await browser?.close();
  await bench.close();
});

const at = (hash: string): Promise<unknown> => page.goto(`${open.address}/${hash}`);
const shot = (name: string): Promise<void> => shoot(page, name);

describe('the door', () => {
  it('is shut to other names, other pages and wrong tokens', async () => {
    const authorization = `Bearer ${open.token}`;
    const own = new URL(open.address).host;
    expect(await statusFor('/api/overview', { authorization })).toBe(200);
    expect(await statusFor('/api/overview', {})).toBe(401);
    expect(await statusFor('/api/overview', { authorization, host: 'rebound.example' })).toBe(403);
    expect(await statusFor('/', { host: `rebound.example:${new URL(open.address).port}` })).toBe(403);
    expect(
      await statusFor('/api/overview', { authorization, host: own, origin: 'http://evil.example' }),
    ).toBe(403);
    expect(await statusFor('/api/overview', { authorization, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  it('asks for the address with the token, and takes no other token', async () => {
    await at('');
    await page.getByRole('heading', { name: 'Site console' }).waitFor();
    expect(await violations()).toEqual([]);
    await shot('door');
    await page.getByLabel('Address or token').fill('x'.repeat(43));
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').getByText('sidemark agent console').waitFor();
    await page.getByLabel('Address or token').fill(`${open.address}/#token=${open.token}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
  });

  it('opens at once by the whole address, and takes the token out of it', async () => {
    await page.evaluate('sessionStorage.clear()');
    await page.goto('about:blank');
    await at(`#token=${open.token}`);
    await page.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
    await page.waitForURL(`${open.address}/#/`);
    expect(await page.context().cookies()).toEqual([]);
    await page.getByText('1 waits for you').waitFor();
    expect(await violations()).toEqual([]);
    await shot('jobs');
  });
});

describe('a job', () => {
  it('is shown in plain words, and approved by whoever knows the passphrase', async () => {
    await page.locator('.job a').first().click();
    await page.getByRole('heading', { name: 'The protocol in plain words' }).waitFor();
    await page.getByText('No pixel, no identifier, no value of a single film').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Passphrase of the site key').waitFor();
    expect(await violations()).toEqual([]);
    await shot('job-held');
    await page.getByLabel('Passphrase of the site key').fill('not the passphrase');
    await page.getByRole('button', { name: 'Yes: approve' }).click();
    await page.getByText('The passphrase does not open the site key').waitFor();
    expect((await bench.record()).state).toBe('held');
    await page.getByLabel('Passphrase of the site key').fill(passphrase);
    await page.keyboard.press('Enter');
    await page.getByText('finished; its report waits for you').waitFor();
    expect(bench.coordinator.received.reports).toEqual([]);
  });

  it('shows its figures before they leave; the coordinator knows that they are withheld', async () => {
    await page.getByRole('heading', { name: 'The figures of this site' }).waitFor();
    await page.getByText('Nobody else has seen a figure of it').waitFor();
    await until(() => bench.coordinator.received.states.at(-1)?.state === 'withheld');
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations()).toEqual([]);
    await shot('job-withheld-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('says why there are no pictures, when the films are not there', async () => {
    await page.getByLabel('Films, by row of the dataset').fill('1-99');
    await page.getByRole('button', { name: 'Draw', exact: true }).click();
    await page.getByText('Rows of the dataset, such as 3').waitFor();
  });

  it('is released with the passphrase, and reported', async () => {
    const done = bench.receiptSeen();
    await page.getByRole('button', { name: 'Release the report' }).click();
    await page.getByLabel('Passphrase of the site key').fill(passphrase);
    await page.keyboard.press('Enter');
    await done;
    await page.getByText('reported, with a receipt').waitFor();
  });
});

describe('what left', () => {
  it('stands in the ledger, readable and as the bytes that were signed', async () => {
    await page.getByRole('link', { name: 'What leaves' }).click();
    await page.getByText('● holds').waitFor();
    expect(await violations()).toEqual([]);
    await shot('egress');
    await page
      .getByRole('row', { name: /report 1$/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: 'As bytes' }).waitFor();
    const readable = await page.locator('pre.document').first().innerText();
    const report = JSON.parse(readable) as { header: { job: string } };
    expect(report.header.job).toBe(ids.job);
    expect(await page.locator('pre.hex').innerText()).toMatch(/^00000000 {2}7b 22 68 65 61 64 65 72/);
    expect(await violations()).toEqual([]);
    await shot('payload');
  });
});

describe('the other pages', () => {
  it('show health with a remedy each, the log, and say what is not there', async () => {
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('egress ledger').waitFor();
    await page.getByText('sidemark dataset add FOLDER').waitFor();
    expect(await violations()).toEqual([]);
    await shot('health');
    await page.getByRole('link', { name: 'Log' }).click();
    await page.getByText(/^job .* reported$/).waitFor();
    expect(await violations()).toEqual([]);
    await shot('log');
    await page.getByRole('link', { name: 'Data' }).click();
    await page.getByRole('heading', { name: 'No dataset is registered' }).waitFor();
    expect(failures).toEqual([]);
    await at('#/jobs/00000000-0000-4000-8000-00000000ffff');
    await page.getByRole('heading', { name: 'There is no such job' }).waitFor();
  });

  it('fit a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    for (const [hash, heading] of [
      ['#/', 'Policy in force'],
      [`#/jobs/${ids.job}`, 'The protocol in plain words'],
      ['#/egress', 'What leaves'],
      ['#/health', 'Health'],
    ] as const) {
      await at(hash);
      // the page before it is gone once this heading stands
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await page.waitForFunction('document.documentElement.scrollWidth <= 390');
    }
  });

  it('say so when the agent is gone, and when it came back with another token', async () => {
    await at('#/');
    await page.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
    await bench.halt();
    await page.getByText('The agent does not answer').waitFor();
    expect(await findConsole(bench.directory.console)).toBeUndefined();
  });
});
