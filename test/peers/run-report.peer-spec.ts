// The report of a run before readers that are not ours: poppler reads the PDF, Chromium and axe the HTML.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { RunBundle } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import { htmlReport, type RunDocument, runDocument } from '@sidemark/run-report';
import { pdfReport } from '@sidemark/run-report/pdf';
import { firstAdministrator, goodPassword } from '../support/accounts.ts';
import { openContext, startBrowser } from '../support/browser.ts';
import { openSixSites, type SixSites } from '../support/six-sites.ts';

let folder: string;
let study: SixSites;
let bundle: RunBundle;
let document: RunDocument;
let browser: Browser;
let page: Page;
const at = (name: string): string => join(folder, name);
const poppler = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], {
    cwd: join(import.meta.dirname, '../..'),
    // without jest's NODE_ENV, with which React is built for development
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
  });
  folder = await mkdtemp(join(tmpdir(), 'sidemark-report-'));
  study = await openSixSites(5);
  bundle = (await study.coordinator.call<RunBundle>('GET', `/api/runs/${study.run.id}/bundle`)).body;
  document = runDocument(bundle);
  await writeFile(at('report.pdf'), await pdfReport(document));
  await writeFile(at('report.html'), htmlReport(document));
  browser = await startBrowser();
  page = await (await openContext(browser)).newPage();
});
afterAll(async () => {
  await browser?.close();
  await study?.coordinator.close();
  await rm(folder, { recursive: true, force: true });
});

const decimals = (x: number): string => Math.abs(x).toFixed(3);

describe('the PDF, as poppler reads it', () => {
  it('says every difference of the analysis with its interval, and every pooled answer', () => {
    const text = poppler('pdftotext', '-layout', at('report.pdf'), '-').replaceAll('\u2212', '-');
    for (const { sites, meta } of bundle.analysis.comparisons) {
      for (const { siteName, estimate, lower, upper } of sites) {
        expect(text).toContain(siteName);
        if (estimate.kind === 'not-estimable' || lower === null || upper === null) continue;
        const said = [estimate.value, lower, upper].map(decimals);
        expect(text).toMatch(new RegExp(`${said[0]} \\([-+]?${said[1]} to [-+]?${said[2]}\\)`));
      }
      const { estimate, lower, upper } = meta.answer!;
      expect(text).toMatch(
        new RegExp(`${decimals(estimate)} \\([-+]?${decimals(lower)} to [-+]?${decimals(upper)}\\)`),
      );
    }
    for (const { title } of document.sections) expect(text).toContain(title);
  });

  it('names protocol, analysis and every report by its digest', () => {
    const text = poppler('pdftotext', '-raw', at('report.pdf'), '-').replace(/\s/g, '');
    expect(text).toContain(bundle.analysis.protocolDigest);
    for (const digest of study.digests) expect(text).toContain(digest);
  });

  it('is tagged, has its faces in it, and no page is empty', async () => {
    const info = poppler('pdfinfo', at('report.pdf'));
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/JavaScript:\s+no/);
    const faces = poppler('pdffonts', at('report.pdf')).trim().split('\n').slice(2);
    expect(faces.length).toBeGreaterThan(1);
    for (const face of faces) expect(face).toMatch(/ yes yes yes /);
    poppler('pdftoppm', '-r', '40', '-gray', at('report.pdf'), at('page'));
    const pictures = (await readdir(folder)).filter((name) => name.endsWith('.pgm'));
    expect(pictures.length).toBe(Number(/Pages:\s+(\d+)/.exec(info)![1]));
    for (const name of pictures) {
      const pixels = (await readFile(at(name))).subarray(20);
      const inked = pixels.reduce((count, grey) => count + (grey < 160 ? 1 : 0), 0);
      expect(inked / pixels.length).toBeGreaterThan(0.004);
    }
  });
});

describe('the HTML, in Chromium', () => {
  it('asks the network for nothing, and breaks no rule of axe', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = pathToFileURL(at('report.html')).href;
    await page.goto(address);
    expect(asked).toEqual([address]);
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      `${axe}; axe.run()`,
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  });

  it('shows its drawings, and prints each section from a new page', async () => {
    expect(await page.locator('svg[role=img]').count()).toBeGreaterThan(5);
    expect(await page.locator('svg text').first().isVisible()).toBe(true);
    await writeFile(at('printed.pdf'), await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const pages = Number(/Pages:\s+(\d+)/.exec(poppler('pdfinfo', at('printed.pdf')))![1]);
    expect(pages).toBeGreaterThanOrEqual(document.sections.length);
    const text = poppler('pdftotext', at('printed.pdf'), '-');
    for (const { title } of document.sections) expect(text).toContain(title);
  });
});

describe('the page of the signed reports', () => {
  it('hands out the same PDF by a click', async () => {
    await firstAdministrator(study.coordinator, 'ada');
    await page.goto(`${study.coordinator.url}/#/runs/${study.run.id}/reports`);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill(goodPassword);
    await page.keyboard.press('Enter');
    const patience = { timeout: 110_000 };
    const arriving = page.waitForEvent('download', patience);
    await page.getByRole('link', { name: 'Report as PDF' }).click(patience);
    const saved = await arriving;
    expect(saved.suggestedFilename()).toBe(`run-${study.run.id}.pdf`);
    expect(sha256(await readFile(await saved.path()))).toBe(sha256(await readFile(at('report.pdf'))));
  });
});
