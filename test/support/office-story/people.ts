// The people of the trial office: the first administrator, a wrong password, a reader who is invited and may look and not touch.
import { expect } from '@jest/globals';
import { goodPassword } from '../accounts.ts';
import { violationsOn } from '../axe.ts';
import { hospitals } from './hospitals.ts';
import { button, newWindow, type Stage } from './stage.ts';

export async function makeFirstAccount({ page, federation }: Stage): Promise<void> {
  const { url, token } = federation.connection;
  await page.goto(url);
  await page.getByLabel('Administrator token').fill('smk_a-guess');
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('New password').fill(goodPassword);
  await page.getByLabel('The same again').fill(goodPassword);
  await button(page, 'Make the account').click();
  await page.getByText('That is not the administrator token').waitFor();
  await page.getByLabel('Administrator token').fill(token);
  await button(page, 'Make the account').click();
  await page.getByRole('heading', { name: 'No study yet' }).waitFor();
}

export async function mistakePassword({ page }: Stage): Promise<void> {
  await button(page, 'Sign out').click();
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill('something else');
  await button(page, 'Sign in').click();
  await page.getByRole('alert').getByText('do not fit together').waitFor();
  await page.getByLabel('Password').fill(goodPassword);
  await button(page, 'Sign in').click();
  await page.getByRole('heading', { name: 'No study yet' }).waitFor();
}

export async function inviteReader({ page, browser, federation }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByLabel('Name').fill('rea');
  await button(page, 'Invite').click();
  const link = await page.getByRole('region', { name: 'One-time link for rea' }).locator('pre').innerText();
  expect(await violationsOn(page)).toEqual([]);
  const window = await newWindow(browser);
  const reader = await window.newPage();
  await reader.goto(link);
  await reader.getByLabel('New password').fill(goodPassword);
  await reader.getByLabel('The same again').fill(goodPassword);
  await button(reader, 'Set the password and sign in').click();
  await reader.getByRole('heading', { name: 'No study yet' }).waitFor();
  await reader.getByText('A person of the role coordinator creates the first').waitFor();
  expect(await reader.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
  for (const place of ['accounts', 'new-study']) {
    await reader.goto(`${federation.connection.url}/#/`);
    await reader.getByRole('heading', { name: 'No study yet' }).waitFor();
    await reader.goto(`${federation.connection.url}/#/${place}`);
    await reader.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
  }
  await window.close();
}

export async function lookAsReader({ browser, federation }: Stage): Promise<void> {
  const window = await newWindow(browser);
  const reader = await window.newPage();
  const seesNoName = async (): Promise<void> => {
    for (const { name } of hospitals) expect(await reader.getByText(name).count()).toBe(0);
  };
  await reader.goto(federation.connection.url);
  await reader.getByLabel('Name').fill('rea');
  await reader.getByLabel('Password').fill(goodPassword);
  await button(reader, 'Sign in').click();
  await reader.getByRole('link', { name: 'Side markers, 2026' }).click();
  await reader.getByRole('listitem', { name: 'site-3' }).waitFor();
  await seesNoName();
  for (const name of ['Suspend', 'Resume', 'Revoke', 'Close the run', 'Cancel the run', 'Make the kit'])
    expect(await button(reader, name).count()).toBe(0);
  await reader.getByRole('article').getByRole('link', { name: 'side-markers, version 1' }).click();
  await reader.locator('svg.forest').getByText('site-3').waitFor();
  // at the end of what is drawn after the answer
  await reader.getByRole('link', { name: 'All downloads' }).waitFor();
  await seesNoName();
  await reader.getByRole('link', { name: 'All downloads' }).click();
  await reader.getByRole('heading', { name: 'Signed reports', level: 1 }).waitFor();
  expect(await reader.getByRole('link', { name: 'Report as PDF' }).count()).toBe(0);
  await window.close();
}
