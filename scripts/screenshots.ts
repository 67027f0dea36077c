// Pictures of the dashboard, of a study of six made-up hospitals:
//   npm run docs:screenshots              the picture of the documentation
//   npm run docs:screenshots -- FOLDER    every page, light and dark, wide and narrow, for whoever changes it
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { firstAdministrator, type Person, signInAs } from '../test/support/accounts.ts';
import { startBrowser } from '../test/support/browser.ts';
import { openSixSites, type SixSites } from '../test/support/six-sites.ts';

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

async function open(
  browser: Browser,
  { coordinator }: SixSites,
  { colorScheme, width }: Look,
): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(coordinator.url);
  return page;
}

async function picture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  console.log(file);
}

/** The robustness page down to its matrix. */
async function forDocs(browser: Browser, study: SixSites): Promise<void> {
  const page = await open(browser, study, { colorScheme: 'light', width: 1180 });
  await signInAs(page.context(), study.coordinator, person);
  await page.goto(`${study.coordinator.url}/#/runs/${study.run.id}`);
  await page.locator('svg.matrix').waitFor();
  await page.mouse.move(0, 0);
  const box = await page.locator('section', { has: page.locator('svg.matrix') }).boundingBox();
  const height = Math.ceil((box?.y ?? 900) + (box?.height ?? 0) + 24);
  const file = 'docs/images/robustness.png';
  await page.screenshot({ path: file, clip: { x: 0, y: 0, width: 1180, height }, fullPage: true });
  console.log(file);
}

async function everyPage(browser: Browser, study: SixSites, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390]) {
      const name = (page: string): string => join(folder, `${page}-${colorScheme}-${width}.png`);
      const page = await open(browser, study, { colorScheme, width });
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await picture(page, name('sign-in'));
      await signInAs(page.context(), study.coordinator, person);
      await page.reload();
      await page.getByRole('heading', { name: 'Runs' }).waitFor();
      await picture(page, name('study'));
      const { run, digests } = study;
      await page.goto(`${study.coordinator.url}/#/runs/${run.id}`);
      await page.locator('svg.matrix').waitFor();
      for (const numbers of await page.getByText('Numbers').all()) await numbers.click();
      await picture(page, name('robustness'));
      await page.goto(`${study.coordinator.url}/#/runs/${run.id}/comparisons/clipping-alone`);
      await page.locator('.note').first().waitFor();
      await picture(page, name('comparison'));
      await page.goto(`${study.coordinator.url}/#/runs/${run.id}/reports/${digests[1]}`);
      await page.getByRole('heading', { name: /^Report of/ }).waitFor();
      await picture(page, name('report'));
      await page.context().close();
    }
}

const folder = process.argv[2];
const study = await openSixSites(folder === undefined ? 6 : 5);
const person: Person = await firstAdministrator(study.coordinator);
const browser = await startBrowser();
try {
  await (folder === undefined ? forDocs(browser, study) : everyPage(browser, study, folder));
} finally {
  await browser.close();
  await study.coordinator.close();
}
