// Pictures of every page of the dashboard, of a study of made-up hospitals, and of the console of one site:
//   npm run docs:screenshots                             the pictures of the documentation, into docs/images/dashboard
//   npm run docs:screenshots -- --sites 12 --to FOLDER   of more sites, elsewhere
//   npm run docs:screenshots -- --dark --width 390       as others see it, for whoever changes it
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { firstAdministrator, signInAs } from '../test/support/accounts.ts';
import { startBrowser } from '../test/support/browser.ts';
import { openSixSites, type SixSites } from '../test/support/six-sites.ts';
import { openConsole } from './screenshots/console.ts';

const { values: options } = parseArgs({
  options: {
    sites: { type: 'string', default: '6' },
    to: { type: 'string', default: 'docs/images/dashboard' },
    width: { type: 'string', default: '1280' },
    dark: { type: 'boolean', default: false },
  },
});
const [sites, width] = [Number(options.sites), Number(options.width)];

/** A picture in a palette: text and flat colours lose nothing that is seen, and most of their bytes. */
async function save(png: Uint8Array, name: string): Promise<void> {
  const file = join(options.to, `${name}.png`);
  const { size } = await sharp(png)
    .png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 })
    .toFile(file);
  console.log(`${file} ${Math.round(size / 1000)} kB`);
}

/** What lies outside the window is not drawn: the window grows to the page, and the page settles in it. */
async function unfold(page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const height = await page.evaluate<number>('Math.min(16000, document.documentElement.scrollHeight)');
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(400);
  }
}

async function wholePage(page: Page, name: string): Promise<void> {
  await unfold(page);
  await save(await page.screenshot({ animations: 'disabled' }), name);
  await page.setViewportSize({ width, height: 900 });
}

async function part(of: Locator, name: string): Promise<void> {
  await save(await of.screenshot({ animations: 'disabled' }), name);
}

async function robustness(page: Page, { coordinator, run }: SixSites): Promise<void> {
  await page.goto(`${coordinator.url}/#/runs/${run.id}`);
  await page.locator('svg.forest').waitFor();
  await page.mouse.move(0, 0);
  await unfold(page);
  await page.locator('svg.census').first().waitFor();
  await unfold(page);
  const matrix = await page.locator('section', { has: page.locator('svg.matrix') }).boundingBox();
  const height = Math.ceil((matrix?.y ?? 900) - 60);
  await save(await page.screenshot({ clip: { x: 0, y: 0, width, height } }), 'robustness');
  const groups = ['models', 'model', 'sites', 'evidence'];
  for (const [i, name] of groups.entries())
    await part(page.locator('.group').nth(i + 1), `robustness-${name}`);
  await page.goto(`${coordinator.url}/#/runs/${run.id}?model=severity`);
  const tables = page.locator('section', { has: page.locator('#agreement') });
  await tables.locator('svg.counts').first().waitFor();
  await part(tables, 'robustness-tables');
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${coordinator.url}/#/runs/${run.id}?from=all`);
  await page.getByRole('dialog').waitFor();
  await save(await page.screenshot({ animations: 'disabled' }), 'provenance');
}

async function officePages(page: Page, { coordinator, study, run }: SixSites): Promise<void> {
  const places: [hash: string, heading: string | RegExp, name: string][] = [
    ['#/accounts', 'Accounts', 'accounts'],
    ['#/models', 'Models', 'models'],
    ['#/new-study', /study/i, 'new-study'],
    [`#/studies/${study}/protocols/new`, /protocol/i, 'new-protocol'],
    [`#/studies/${study}/protocols/${run.protocol}`, /, version \d+$/, 'protocol'],
  ];
  for (const [hash, heading, name] of places) {
    await page.goto(`${coordinator.url}/${hash}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await wholePage(page, name);
  }
}

/** A job held and approved, its report looked at and released, and what left. */
async function consolePages(browser: Browser): Promise<void> {
  const site = await openConsole();
  try {
    const context = await browser.newContext({
      colorScheme: options.dark ? 'dark' : 'light',
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    await site.visit(page, (name) => wholePage(page, `console-${name}`));
  } finally {
    await site.close();
  }
}

async function everyPage(browser: Browser, study: SixSites): Promise<void> {
  const { coordinator, run, digests } = study;
  const colorScheme = options.dark ? 'dark' : 'light';
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const at = (hash: string): Promise<unknown> => page.goto(`${coordinator.url}/${hash}`);
  const person = await firstAdministrator(coordinator);
  await at('');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await save(await page.screenshot(), 'sign-in');
  await signInAs(context, coordinator, person);
  await page.reload();
  await at(`#/studies/${study.study}`);
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await wholePage(page, 'study');
  await officePages(page, study);
  await robustness(page, study);
  await at(`#/runs/${run.id}/reports`);
  await page.getByRole('heading', { name: 'The evidence in one file' }).waitFor();
  await wholePage(page, 'reports');
  await at(`#/runs/${run.id}/reports/${digests[1]}`);
  await page.getByRole('heading', { name: /^Report of/ }).waitFor();
  await wholePage(page, 'report');
  await at(`#/compare/${run.id}/${run.id}?left=marker-trained&right=inpaint-trained`);
  await page.getByRole('heading', { name: 'Site by site' }).waitFor();
  await wholePage(page, 'compare');
  await at('#/audit?of=report');
  await page.getByText('report accepted').first().waitFor();
  await wholePage(page, 'audit');
}

await mkdir(options.to, { recursive: true });
// the last site is still at work, so that its progress is seen
const study = await openSixSites(Math.max(1, sites - 1), sites);
const browser = await startBrowser();
try {
  await everyPage(browser, study);
  await consolePages(browser);
} finally {
  await browser.close();
  await study.coordinator.close();
}
