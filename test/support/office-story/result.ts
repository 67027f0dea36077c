// The result: the answer on the robustness page, and its report as a PDF.
import { expect } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call } from '../../../apps/cli/src/coordinator.client.ts';
import { violationsOn } from '../axe.ts';
import { shoot } from '../browser.ts';
import { hospitals } from './hospitals.ts';
import type { Stage } from './stage.ts';

export async function readAnswer({ page, failures }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'Every site has reported' }).click();
  await page.getByText('3 of 3 sites').waitFor();
  await page.locator('h2.headline', { hasText: /^Over 3 sites, .* interval / }).waitFor();
  const forest = page.locator('svg.forest');
  for (const { name } of hospitals) await forest.getByText(name, { exact: true }).waitFor();
  expect(await forest.locator('.site').count()).toBe(3);
  // the diamond of the pooled answer
  expect(await forest.locator('polygon').count()).toBe(1);
  await page.locator('svg.matrix').waitFor();
  await shoot(page, 'story-robustness');
  expect(await violationsOn(page)).toEqual([]);
  expect(failures).toEqual([]);
}

export async function saveReport({ page, dir, federation }: Stage): Promise<void> {
  const run = /runs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? 'no run';
  await page.getByRole('link', { name: 'All downloads' }).click();
  await page.getByRole('heading', { name: 'The report for the trial master file' }).waitFor();
  const link = page.getByRole('link', { name: 'Report as PDF' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  const file = join(dir, 'report.pdf');
  await download.saveAs(file);
  expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
  const [study] = await call(federation.connection, 'listStudies');
  const names = hospitals.map(({ name }) => `Report of ${name}`);
  for (const named of [`Report of run ${run}`, `Study ${study!.id}`, 'side-markers, version 1', ...names])
    expect(text).toContain(named);
}
