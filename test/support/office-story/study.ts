// The study, its hospitals, its models and its protocol, as the office makes them in the dashboard.
import { expect } from '@jest/globals';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { violationsOn } from '../axe.ts';
import { shoot } from '../browser.ts';
import { enrolAt, hospitals, kitOf, openHospitals } from './hospitals.ts';
import { button, models, type Stage } from './stage.ts';

export const title = 'Side markers, 2026';

export async function createStudy({ page, federation }: Stage): Promise<void> {
  await page.goto(`${federation.connection.url}/#/`);
  await page.getByRole('link', { name: 'Create the first' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByText('Hide the names of sites').click();
  await button(page, 'Create the study').click();
  await page.getByRole('heading', { name: title }).waitFor();
}

export async function inviteHospitals({ page, dir }: Stage): Promise<void> {
  await page.getByText('Invite a site').click();
  for (const { name, role } of hospitals) {
    await page.getByLabel('Name of the hospital').fill(name);
    await page.getByLabel('Its films').selectOption(role);
    await button(page, 'Make the kit').click();
    const save = button(page, `Save ${name}.kit.json`);
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    await download.saveAs(kitOf(dir, name));
    await button(page, 'I have it: hide').click();
    await page.getByText(`${name} is invited; its IT enrols the agent`).waitFor();
  }
}

export async function approveHospitals(stage: Stage): Promise<void> {
  const { page } = stage;
  const enrolled = await Promise.all(
    hospitals.map(async ({ name }) => ({ name, words: await enrolAt(stage, name) })),
  );
  await shoot(page, 'story-pending');
  for (const [at, { name, words }] of enrolled.entries()) {
    const row = rowOf(stage, name);
    const typed = row.getByLabel('Six words, as the hospital reads them to you');
    if (at === 0) {
      await typed.fill(['zoo', ...words.slice(1)].join(' '));
      await button(row, `Approve ${name}`).click();
      await row.getByRole('alert').getByText('words differ from those of the enrolment').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    }
    await typed.fill(words.join(' '));
    await button(row, `Approve ${name}`).click();
    await typed.waitFor({ state: 'detached' });
  }
  stage.meanwhile = openHospitals(stage);
  // a failure comes out of the chapter that waits for them
  stage.meanwhile.catch(() => undefined);
}

const rowOf = ({ page }: Stage, name: string): Locator => page.getByRole('listitem', { name, exact: true });

export async function registerModels({ page, dir }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'Models' }).click();
  const register = async (name: string, onnx = name): Promise<void> => {
    await page.getByLabel('ONNX file').setInputFiles(join(dir, `${onnx}.onnx`));
    await page.getByLabel('Manifest (JSON)').setInputFiles(join(dir, `${name}.json`));
    await button(page, 'Register').click();
  };
  const [first, second] = models.map(({ manifest }) => manifest.name);
  await register(first!, second);
  await page.getByRole('alert').getByText('The manifest is of another file').waitFor();
  for (const { manifest } of models) {
    const called = `${manifest.name}@${manifest.version}`;
    await register(manifest.name);
    await button(page, `Release ${called}`).click();
    await page.getByRole('listitem', { name: called }).getByText('released and signed').waitFor();
  }
}

export async function freezeProtocol({ page }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'Sidemark' }).click();
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('link', { name: 'Compose a protocol' }).click();
  for (const { manifest } of models.slice(2))
    await page.getByLabel(`${manifest.name}@${manifest.version} trained on`).check();
  await page.getByLabel('Floor: patients of each class').fill('10');
  await button(page, 'Those of the paper').click();
  await page.getByLabel('Name 1').waitFor();
  // what is filled in outlives a reload of the page
  await page.reload();
  await page.getByLabel('Name 1').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await button(page, 'Make the draft').click();
  await page.getByRole('heading', { name: 'What will be signed' }).waitFor();
  await page.getByText('This browser has computed the same').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await button(page, 'Freeze and sign').click();
  await button(page, 'Sign it').click();
  await page.getByText('The signed bytes are this document').waitFor();
}

/** On the page of the study, where the agents appear by themselves. */
export async function seeHospitalsConnect(stage: Stage): Promise<void> {
  const { page, meanwhile } = stage;
  await page.getByRole('link', { name: title }).click();
  const connected = hospitals.map(async ({ name }) => {
    await rowOf(stage, name).getByText('● connected').waitFor();
    await rowOf(stage, name)
      .getByText(/agent \d+\.\d+\.\d+/)
      .waitFor();
  });
  // the hospitals' day ends with the story; before that it can only fail
  await Promise.race([Promise.all(connected), meanwhile]);
  await shoot(page, 'story-connected');
}
