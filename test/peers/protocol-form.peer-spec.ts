// The protocol form by clicks: rare choices unfolded and made, complaints beside their fields, what is filled in outliving a
// reload, the frozen document that holds it all, and the next version that begins with it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ClassifierManifest, Protocol } from '@sidemark/core/contract';
import { classifierManifest, multiclassManifest } from '../../apps/coordinator/src/models/manifest.sample.ts';
import { addSampleStudy } from '../../apps/coordinator/src/models/site.sample.ts';
import { registerSample, releaseSamples } from '../../apps/coordinator/src/protocols/registry.sample.ts';
import { firstAdministrator, signInAs } from '../support/accounts.ts';
import { violationsOn } from '../support/axe.ts';
import { startBrowser } from '../support/browser.ts';
import { type RunningCoordinator, startCoordinator } from '../support/coordinator.ts';

const root = join(import.meta.dirname, '../..');
/** Where to put pictures, for whoever changes the page. */
const pictures = process.env['SIDEMARK_PICTURES'];

let coordinator: RunningCoordinator;
let study: string;
let browser: Browser;
let page: Page;
const failures: string[] = [];

const foldManifest =
  (heldOut: number) =>
  (name: string, sha: string): ClassifierManifest => ({
    ...classifierManifest(name, sha),
    fold: { k: 5, heldOut },
  });
const findings = (name: string, sha: string): ClassifierManifest => ({
  ...classifierManifest(name, sha),
  labels: ['opacity', 'effusion'],
  decode: { variant: 'multilabel', judged: 'opacity' },
});

async function releaseAll(): Promise<void> {
  await releaseSamples(coordinator);
  const more = { findings, stages: multiclassManifest, 'part-1': foldManifest(1), 'part-2': foldManifest(2) };
  for (const [name, manifestOf] of Object.entries(more)) {
    const { sha256 } = await registerSample(coordinator, name, manifestOf);
    await coordinator.call('POST', `/api/models/${sha256}/release`);
  }
}

beforeAll(async () => {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], { cwd: root, env });
  coordinator = await startCoordinator();
  study = await addSampleStudy(coordinator.app, 'side-markers-2026');
  await releaseAll();
  const person = await firstAdministrator(coordinator);
  browser = await startBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(30_000);
  await signInAs(context, coordinator, person);
  page = await context.newPage();
  page.on('pageerror', (error) => failures.push(error.message));
}, 400_000);

afterAll(async () => {
  await browser?.close();
  await coordinator?.close();
});

const field = (label: string | RegExp) => page.getByLabel(label);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const unfold = (name: string): Promise<void> => page.locator('summary', { hasText: name }).click();
async function pick(label: string | RegExp, value: string): Promise<void> {
  await field(label).selectOption(value);
}

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('the form', () => {
  it('shows everyday choices, and the rest folded with what it is set to', async () => {
    await page.goto(`${coordinator.url}/#/studies/${study}/protocols/new`);
    await page.getByRole('heading', { name: 'Compose a protocol' }).waitFor();
    await page.getByText('the detector looks at the film as a whole').waitFor();
    await field('Neighbours overlap by').waitFor({ state: 'detached' });
    await button('Make the draft').click();
    await page.getByText('Tick at least one classifier.').waitFor();
    await picture('form-new');
  });

  it('takes labels, folds, agreements and a margin behind a gate', async () => {
    for (const name of ['chest', 'grades', 'stages', 'findings', 'part-1', 'part-2'])
      await field(new RegExp(`^${name}@1\\.0\\.0`)).check();
    await pick(/^Judged by its label/, 'effusion');
    await button('Summarise them as one cross-validation').click();
    await field('Fold of (part-1@1.0.0)').waitFor();
    await button('Add a comparison').click();
    await pick('A 1', 'chest/inpainted');
    await pick('minus B 1', 'chest/original');
    await pick('Question 1', 'non-inferiority');
    await field('Margin of AUC 1').fill('0.02');
    await unfold('Gates: the order of the questions');
    await field(/^Gate 1$/).fill('main');
    await unfold('Agreement of two multi-class classifiers');
    await button('Add an agreement').click();
    await field('Name of agreement 1').fill('trainings');
    await page.getByText('one pair').waitFor();
  });

  it('takes masks, tiles, orientation and a marker drawn in', async () => {
    await unfold('Masks: from boxes to holes');
    await pick('Mask policy', '2');
    await field(/^Holes are drawn tight/).check();
    await field('Gaps are closed up to').fill('5');
    await unfold('Tiles: small markers on large films');
    await field('The detector looks at the film in tiles, too').check();
    await field(/^Scale, px/).fill('0.5');
    await page.getByText('A tile is 128 px of the film.').waitFor();
    await unfold('Orientation: films that do not lie as they should');
    await pick('Inverted films are', 'correct');
    await unfold('A marker drawn in');
    await field(/^Glyphs are drawn in turn/).check();
    await field('top left').uncheck();
    await field(/^Heights of the letter/).fill('4, 6.5');
    await page.getByText('24 glyphs, one after the other').waitFor();
    await unfold('Lesion masks: films without a lesion');
    await pick(/^A film without a lesion/, 'excluded');
  });

  it('complains beside the field, and unfolds what keeps it from being sent', async () => {
    await field('Neighbours overlap by').fill('95');
    await page.getByText('A number from 0 to 90 %.').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await picture('form-full');
    await unfold('Tiles: small markers on large films');
    await field('Neighbours overlap by').waitFor({ state: 'hidden' });
    await button('Make the draft').click();
    await field('Neighbours overlap by').waitFor({ state: 'visible' });
    await field('Neighbours overlap by').fill('35');
    await page.getByText('A number from 0 to 90 %.').waitFor({ state: 'detached' });
  });

  it('keeps what is filled in through a reload', async () => {
    await page.reload();
    await page.getByText('in tiles of 128 px').waitFor();
    await page.getByText('24 glyphs, one after the other').waitFor();
    await page.getByText('main, then secondary').waitFor();
  });
});

describe('the document', () => {
  it('says all of it before it is frozen, and is frozen as it is', async () => {
    await button('Make the draft').click();
    await page.getByRole('heading', { name: 'What will be signed' }).waitFor();
    await page.getByText('This browser has computed the same').waitFor();
    await page.getByText('drawn tight by Otsu’s cut, closed by 5 px').waitFor();
    await page.getByText('"bothEmpty": "excluded"').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await picture('document');
    await button('Freeze and sign').click();
    await button('Sign it').click();
    await page.getByText('The signed bytes are this document').waitFor();
    const { body } = await coordinator.call<Protocol[]>('GET', `/api/studies/${study}/protocols`);
    expect(body[0]?.state).toBe('frozen');
    expect(body[0]?.document).toMatchObject({
      classifiers: [
        { id: 'chest' },
        ...[{ id: 'grades' }, { id: 'stages' }, { id: 'findings', label: 'effusion' }],
        ...['part-1', 'part-2'].map((id) => ({ id, foldOf: 'cross-validation' })),
      ],
      maskPolicy: { version: 2, refine: { closePx: 5 }, sameObject: { iou: 0.5 }, maxTruthShare: 0.2 },
      tiling: { scale: 0.5, overlap: 0.35, wholeFilm: true },
      orientation: { inverted: 'correct', mirrored: 'flag' },
      agreements: [{ id: 'trainings', a: { classifier: 'grades' }, b: { classifier: 'stages' } }],
      swap: { sizes: [0.04, 0.065], corners: ['top-right', 'bottom-left', 'bottom-right'] },
      segmentation: { bothEmpty: 'excluded' },
      analysis: {
        plan: {
          families: [{ name: 'main', comparisons: ['comparison-1'] }],
          margins: [{ question: 'non-inferiority', margin: 0.02 }],
        },
      },
    });
  });

  it('is what the next version begins with', async () => {
    await page.getByRole('link', { name: 'Compose the next version from this one' }).click();
    await page.getByRole('heading', { name: 'After side-markers, version 1' }).waitFor();
    await page.getByText('This will be its version 2.').waitFor();
    await page.getByText('24 glyphs, one after the other').waitFor();
    await field('Floor: patients of each class').fill('20');
    await button('Make the draft').click();
    await page.getByRole('heading', { name: 'side-markers, version 2' }).waitFor();
    await page.getByText('"minPatientsPerClass": 20').waitFor();
    const { body } = await coordinator.call<Protocol[]>('GET', `/api/studies/${study}/protocols`);
    const [first, second] = body.map(({ document }) => document);
    expect({ ...second, version: 1, disclosure: first?.disclosure }).toEqual(first);
    expect(failures).toEqual([]);
  });
});
