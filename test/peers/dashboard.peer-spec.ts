// The dashboard in a real browser: signing in, a study, the robustness page, the report behind a number; by eye, by
// keyboard, and by the rules of axe.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { firstAdministrator, goodPassword } from '../support/accounts.ts';
import { violationsOn } from '../support/axe.ts';
import { openContext, startBrowser } from '../support/browser.ts';
import { openSixSites, type SixSites } from '../support/six-sites.ts';

const root = join(import.meta.dirname, '../..');

let study: SixSites;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const failures: string[] = [];

const violations = (): Promise<string[]> => violationsOn(page);

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], {
    cwd: root,
    // without jest's NODE_ENV, with which React is built for development
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
  });
  study = await openSixSites(5);
  await firstAdministrator(study.coordinator, 'ada');
  browser = await startBrowser();
  context = await openContext(browser);
  page = await context.newPage();
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    // the browser itself writes down the 401 that is asked for below
    if (message.type() === 'error' && !message.text().includes('401')) failures.push(message.text());
  });
});

afterAll(async () => {
  await browser?.close();
  await study?.coordinator.close();
});

const at = (hash: string): Promise<unknown> => page.goto(`${study.coordinator.url}/${hash}`);

describe('signing in', () => {
  it('leads from a shared address to its page, once the password is right', async () => {
    await at(`#/runs/${study.run.id}`);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('a guess');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Name and password do not fit together').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByLabel('Password').fill(goodPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'side-markers, version 1' }).waitFor();
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
    expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);
    expect(await page.evaluate<string>('document.cookie')).toBe('');
  });
});

describe('the robustness page', () => {
  it('answers the primary question in a sentence, a plot and a table', async () => {
    await page.locator('svg.forest').waitFor();
    const headline = await page.locator('.headline').innerText();
    expect(headline).toMatch(
      /^Over 4 external sites, the AUC of inpaint-trained on inpainted is 0\.\d{3} higher than/,
    );
    expect(await page.locator('svg.forest .site').count()).toBe(5);
    // the answer, and beside it what all sites pool to
    expect(await page.locator('svg.forest polygon').count()).toBe(2);
    await page.locator('svg.forest .others').getByText('harbour-general').waitFor();
    await page.locator('svg.forest').getByText('no report yet').waitFor();
    // drawn after the answer
    await page.locator('svg.matrix').waitFor();
    expect(await page.locator('svg.matrix a.cell').count()).toBe(8 * 4);
    await page.getByText('Numbers', { exact: true }).first().click();
    expect(await violations()).toEqual([]);
  });

  it('hands out its tables as CSV', async () => {
    await page.locator('section:has(> #comparisons)').getByText('Numbers', { exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV: Paired differences of AUC' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('paired-differences.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toMatch(/^\ufeffComparison,.*,harbour-general,/);
    expect(text).toContain('withheld: it would tell of too few patients');
  });

  it('is walked by keyboard from a site’s line to the signed report behind it', async () => {
    await page.locator('svg.forest a.row').nth(0).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Where this number comes from' });
    await dialog.getByText('One signed report stands behind it').waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('svg.forest a.row').nth(0).press('Enter');
    await dialog.getByRole('link').first().press('Enter');
    await page.getByRole('heading', { name: 'Report of lakeside' }).waitFor();
    await page.waitForURL(new RegExp(study.digests[1]!));
    await page.getByText(study.digests[1]!).waitFor();
    expect(await violations()).toEqual([]);
    await page.goBack();
    await dialog.getByText('One signed report stands behind it').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows another figure by its address, and keeps withheld apart from zero', async () => {
    await page.getByRole('link', { name: 'clipping-alone', exact: true }).first().click();
    await page.waitForURL(/\/comparisons\/clipping-alone/);
    const answer = page.locator('section:has(> #answer)');
    await answer.getByText('withheld: it would tell of too few patients').first().waitFor();
    await page.reload();
    await page.locator('.headline').getByText('the AUC of marker-trained on clipped is').waitFor();
  });

  it('fits a narrow screen: nothing but tables scrolls sideways', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    // the charts are drawn anew for the new width
    await page.waitForFunction('document.documentElement.scrollWidth <= 390');
    await page.locator('svg.forest').waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

describe('the sections of the robustness page', () => {
  it('are found by the contents, by keyboard, and shared by address', async () => {
    await at(`#/runs/${study.run.id}`);
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await contents.getByRole('link', { name: 'Calibration' }).press('Enter');
    await page.locator('#calibration:focus').waitFor();
    await page.waitForURL(/at=calibration/);
    await page.locator('svg.reliability').first().waitFor();
  });

  it('show another model in depth, and its tables', async () => {
    const models = page.getByRole('navigation', { name: 'Model' });
    await models.getByRole('link', { name: 'severity' }).click();
    await page.waitForURL(/model=severity/);
    await page.getByText('Stuart–Maxwell').first().waitFor();
    await page.getByText('Range and shape: not here, since it needs a binary model').waitFor();
    await page
      .getByRole('navigation', { name: 'Arms' })
      .getByRole('link', { name: 'inpainted and clipped' })
      .click();
    await page.locator('a[aria-current]', { hasText: 'inpainted and clipped' }).waitFor();
  });

  it('keep the rules of axe in either light, with every section drawn', async () => {
    await at(`#/runs/${study.run.id}`);
    await page.locator('svg.forest').waitFor();
    await page.setViewportSize({ width: 1280, height: 14_000 });
    // the last of what is drawn after the answer
    await page.locator('svg.census').nth(4).waitFor();
    await page.locator('svg.roc').nth(5).waitFor();
    expect(await page.locator('svg.census').count()).toBe(5);
    expect(await page.locator('svg.roc').count()).toBe(6);
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('are all there in print, with their charts and without what is for the screen', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.locator('nav.contents').waitFor({ state: 'hidden' });
    await page.locator('svg.roc').first().waitFor();
    await page.emulateMedia({ media: 'screen' });
  });
});

describe('what is beside a run', () => {
  it('compares two models site by site, chosen in the page and kept in its address', async () => {
    await at('#/compare');
    await page.getByLabel('Model').first().selectOption('marker-trained');
    await page.getByRole('heading', { name: 'Site by site' }).waitFor();
    await page.getByLabel('Model').last().selectOption('inpaint-trained');
    await page.waitForURL(/left=marker-trained&right=inpaint-trained/);
    await page.getByRole('heading', { name: 'Site by site' }).waitFor();
    // the versions of the models that are compared, and the films
    await page.getByText('same', { exact: true }).nth(8).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('walks the audit chain in the browser, and leads from an entry to its report', async () => {
    await at('#/audit?of=report');
    await page.getByText('holds over').nth(1).waitFor();
    await page.locator('.timeline li.proven').nth(4).waitFor();
    expect(await page.locator('.timeline li.proven').count()).toBe(5);
    expect(await page.locator('.timeline li.broken').count()).toBe(0);
    expect(await violations()).toEqual([]);
    await page.locator('.timeline').getByRole('link', { name: 'report accepted' }).first().click();
    await page.getByRole('heading', { name: 'Report of st-mary' }).waitFor();
  });

  it('hands out the evidence of the run in one file', async () => {
    await at(`#/runs/${study.run.id}/reports`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the evidence' }).click(),
    ]);
    const bundle = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      schema: string;
      reports: [];
    };
    expect([bundle.schema, bundle.reports.length]).toEqual(['sidemark.bundle/1', 5]);
    expect(await violations()).toEqual([]);
  });
});

describe('the page of a study', () => {
  it('shows who is connected and how far each site is, in either light', async () => {
    await at(`#/studies/${study.study}`);
    await page.getByText('148 of 251 films').waitFor();
    expect(await page.locator('ul.rows').getByText('● connected').count()).toBe(5);
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

describe('what goes wrong', () => {
  it('is said in words: an address that leads nowhere, a run that is not there', async () => {
    await at('#/elsewhere');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expect(failures).toEqual([]);
    await at('#/runs/00000000-0000-4000-8000-000000000000');
    await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
  });

  it('ends with signing out, after which the password is asked for', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    expect(await context.cookies()).toEqual([]);
  });
});
