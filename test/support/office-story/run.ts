// The run: started, watched live, while the coordinator restarts and a person at the careful hospital approves the job and releases its report in the
// site console. That report waits for a click, so whoever watches cannot come too late.
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { shoot } from '../browser.ts';
import { careful, consoleAddress, films, hospitals, passphrase } from './hospitals.ts';
import { button, newWindow, type Stage } from './stage.ts';
import { title } from './study.ts';

export async function startRun({ page }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'is frozen and was sent to nobody yet' }).click();
  await page.getByText(hospitals.map(({ name }) => name).join(', ')).waitFor();
  await button(page, 'Start a run').click();
  await page.getByRole('heading', { name: 'Still at work' }).waitFor();
  await page.getByRole('progressbar', { name: new RegExp(`^${careful}: `) }).waitFor();
  await page.getByRole('link', { name: title }).click();
  await page.getByText(`${careful} has the job; a person there must approve it.`).waitFor();
}

/** As an operator's update does. The page stays open, and with it what was typed. */
export async function restartCoordinator({ page, federation, port }: Stage): Promise<void> {
  const silent = page.getByText('The coordinator does not answer').first();
  await page.getByText('Invite a site').click();
  await page.getByLabel('Name of the hospital').fill('lakeside');
  const { child } = federation.coordinator;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  await silent.waitFor();
  await shoot(page, 'story-silent');
  await federation.startCoordinator({ SIDEMARK_PORT: port });
  await silent.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name of the hospital').inputValue()).toBe('lakeside');
  await page.getByText(`${careful} has the job; a person there must approve it.`).waitFor();
  await page.getByText('2 of 3 sites have reported').waitFor();
}

export async function approveInConsole(stage: Stage): Promise<void> {
  const { page, browser } = stage;
  const console = await (await newWindow(browser)).newPage();
  await console.goto(await consoleAddress(stage));
  await console.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
  await console.getByText('1 waits for you').waitFor();
  await console.getByRole('link', { name: 'side-markers' }).click();
  await console.getByRole('heading', { name: 'The protocol in plain words' }).waitFor();
  await decide(console, 'Approve');
  await page
    .getByText(new RegExp(`\\d+ of ${films} films`))
    .first()
    .waitFor();
  await console.getByText('finished; its report waits for you').waitFor();
  await page.getByText(`${careful} has finished, and holds its report back.`).waitFor();
  await page.getByText(`finished; the site holds its report back ${films} of ${films} films`).waitFor();
  await shoot(page, 'story-withheld');
  await console.getByRole('heading', { name: 'The figures of this site' }).waitFor();
  await shoot(console, 'story-console');
  await decide(console, 'Release the report');
  await console.getByText('reported, with a receipt').waitFor();
  await console.context().close();
  await page.getByText('Every site has reported').waitFor();
}

async function decide(console: Page, verb: string): Promise<void> {
  await button(console, verb).click();
  await console.getByLabel('Passphrase of the site key').fill(passphrase);
  await button(console, `Yes: ${verb.toLowerCase()}`).click();
}

export async function offerAgainAndCancel({ page }: Stage): Promise<void> {
  await page.getByRole('link', { name: 'Result of the run' }).click();
  await page.getByRole('link', { name: title }).click();
  await button(page, 'Offer again to harbour').click();
  await button(page, 'Offer again').click();
  await button(page, 'Offer again').waitFor({ state: 'detached' });
  await button(page, 'Cancel the run').click();
  await button(page, 'Cancel the run for good').click();
  await page.getByText(/^cancelled · started/).waitFor();
  await page.getByRole('listitem', { name: 'harbour' }).getByRole('button', { name: 'Suspend' }).click();
  await button(page, 'Resume').waitFor();
}
