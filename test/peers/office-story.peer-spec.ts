// The story of a trial office, by clicks only: the first administrator, a colleague, a study, a hospital invited and approved,
// models, a protocol read and frozen, a run watched while the coordinator restarts; a wrong password, and a reader who
// may look and not touch.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { writeSite } from '@sidemark/phantom';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation } from '../../apps/cli/src/demo/federation.ts';
import { releaseWhatWaits, type StaffedSite } from '../../apps/cli/src/demo/people.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import { goodPassword } from '../support/accounts.ts';
import { analyticModels } from '../support/analytic-study.ts';
import { violationsOn } from '../support/axe.ts';
import { startBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { phantomSite } from '../support/phantom-site.ts';

const root = join(import.meta.dirname, '../..');
const patience = 240_000;

let dir: string;
let port: string;
let url: string;
let federation: Federation;
let browser: Browser;
let office: BrowserContext;
let page: Page;
const staff: StaffedSite[] = [];
const workday = new AbortController();
let people: Promise<void> = Promise.resolve();
const failures: string[] = [];

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(60_000);
  return context;
}

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: true });

beforeAll(async () => {
  const env = { ...process.env, NODE_OPTIONS: '' };
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], { cwd: root, env });
  dir = await makeWorkDirectory('office');
  port = String(await freePort());
  federation = new Federation(dir, 1);
  ({ url } = await federation.startCoordinator({ SIDEMARK_PORT: port }));
  const folder = join(dir, 'films');
  await writeSite(phantomSite({ name: 'north', films: 48 }), folder);
  for (const { bytes, manifest } of analyticModels()) {
    await writeFile(join(dir, `${manifest.name}.onnx`), bytes);
    await writeFile(join(dir, `${manifest.name}.json`), JSON.stringify(manifest));
  }
  browser = await startBrowser();
  office = await newContext();
  page = await office.newPage();
  page.on('pageerror', (error) => failures.push(error.message));
}, patience);

afterAll(async () => {
  workday.abort();
  await people.catch(() => undefined);
  await browser?.close();
  await federation?.end();
  await rm(dir, { recursive: true, force: true });
}, patience);

describe('the people', () => {
  it('begin with whoever holds the administrator token', async () => {
    await page.goto(url);
    await page.getByLabel('Administrator token').fill('smk_a-guess');
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('New password').fill(goodPassword);
    await page.getByLabel('The same again').fill(goodPassword);
    await button('Make the account').click();
    await page.getByText('That is not the administrator token').waitFor();
    await page.getByLabel('Administrator token').fill(federation.connection.token);
    await button('Make the account').click();
    await page.getByRole('heading', { name: 'No study yet' }).waitFor();
  });

  it('are told of a wrong password, and come in with the right one', async () => {
    await button('Sign out').click();
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('something else');
    await button('Sign in').click();
    await page.getByRole('alert').getByText('do not fit together').waitFor();
    await page.getByLabel('Password').fill(goodPassword);
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'No study yet' }).waitFor();
  });

  it('invite each other with one-time links', async () => {
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.getByLabel('Name').fill('rea');
    await button('Invite').click();
    const link = await page.getByRole('region', { name: 'One-time link for rea' }).locator('pre').innerText();
    expect(await violationsOn(page)).toEqual([]);
    const reader = await newContext();
    const other = await reader.newPage();
    await other.goto(link);
    await other.getByLabel('New password').fill(goodPassword);
    await other.getByLabel('The same again').fill(goodPassword);
    await button('Set the password and sign in', other).click();
    await other.getByRole('heading', { name: 'No study yet' }).waitFor();
    expect(await other.getByRole('link', { name: 'Create the first' }).count()).toBe(0);
    expect(await other.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
    for (const place of ['accounts', 'new-study']) {
      await other.goto(`${url}/#/${place}`);
      await other.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
    }
    await reader.close();
  });
});

describe('the study', () => {
  it(
    'is created, and its first hospital invited, enrolled and approved by its six words',
    async () => {
      await page.goto(`${url}/#/`);
      await page.getByRole('link', { name: 'Create the first' }).click();
      await page.getByLabel('Title').fill('Side markers, 2026');
      await page.getByText('Hide the names of sites').click();
      await button('Create the study').click();
      await page.getByRole('heading', { name: 'Side markers, 2026' }).waitFor();
      await page.getByText('Invite a site').click();
      await page.getByLabel('Name of the hospital').fill('north');
      await button('Make the kit').click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button('Save north.kit.json').click(),
      ]);
      const kit = join(dir, 'north.kit.json');
      await download.saveAs(kit);
      const dataDir = join(dir, 'north');
      const enrol = ['agent', 'enrol', kit, '--data', dataDir, '--json'];
      const { words } = JSON.parse(await federation.processes.run('enrolment', 'site-agent', enrol)) as {
        words: string[];
      };
      const typed = page.getByLabel('Six words, as the hospital reads them to you');
      await typed.fill(['zoo', ...words.slice(1)].join(' '));
      await button('Approve north').click();
      await page.getByRole('alert').getByText('words differ from those of the enrolment').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await typed.fill(words.join(' '));
      await button('Approve north').click();
      await typed.waitFor({ state: 'detached' });
      await startHospital(dataDir);
      await page.getByRole('listitem', { name: 'north' }).getByText('● connected').waitFor();
      await page.getByText(/agent \d+\.\d+\.\d+/).waitFor();
    },
    patience,
  );

  it(
    'gets its models: a file that is not one is refused in words',
    async () => {
      await page.getByRole('link', { name: 'Models' }).click();
      const register = async (name: string, onnx = `${name}.onnx`): Promise<void> => {
        await page.getByLabel('ONNX file').setInputFiles(join(dir, onnx));
        await page.getByLabel('Manifest (JSON)').setInputFiles(join(dir, `${name}.json`));
        await button('Register').click();
      };
      const [first, second, ...rest] = analyticModels().map(({ manifest }) => manifest);
      await register(first!.name, `${second!.name}.onnx`);
      await page.getByRole('alert').getByText('The manifest is of another file').waitFor();
      for (const { name, version } of [first!, second!, ...rest]) {
        await register(name);
        await button(`Release ${name}@${version}`).click();
        await page
          .getByRole('listitem', { name: `${name}@${version}` })
          .getByText('released and signed')
          .waitFor();
      }
    },
    patience,
  );

  it(
    'has a protocol composed in a form, read as it is signed, and frozen',
    async () => {
      await page.getByRole('link', { name: 'Sidemark' }).click();
      await page.getByRole('link', { name: 'Side markers, 2026' }).click();
      await page.getByRole('link', { name: 'Compose a protocol' }).click();
      const [, , original, inpainted] = analyticModels().map(({ manifest }) => manifest);
      for (const { name, version } of [original!, inpainted!])
        await page.getByLabel(`${name}@${version} trained on`).check();
      await page.getByLabel('Floor: patients of each class').fill('10');
      await button('Those of the paper').click();
      await page.getByLabel('Name 1').waitFor();
      // what is filled in outlives a reload of the page
      await page.reload();
      await page.getByLabel('Name 1').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await button('Make the draft').click();
      await page.getByRole('heading', { name: 'What will be signed' }).waitFor();
      await page.getByText('This browser has computed the same').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await button('Freeze and sign').click();
      await button('Sign it').click();
      await page.getByText('The signed bytes are this document').waitFor();
    },
    patience,
  );
});

describe('the run', () => {
  it(
    'is watched live, while the coordinator restarts, and ends with a report',
    async () => {
      people = releaseWhatWaits(federation, () => staff, { note: () => undefined }, workday.signal);
      people.catch(() => undefined);
      await button('Start a run').click();
      await page.getByRole('heading', { name: 'Still at work' }).waitFor();
      await page.getByText(/\d+ of 48 films/).waitFor();
      await page.getByRole('link', { name: 'Side markers, 2026' }).click();
      await page
        .getByText('north is at work')
        .or(page.getByText('Every site has reported'))
        .first()
        .waitFor();
      await restartCoordinator();
      await page.getByText('Every site has reported').waitFor({ timeout: patience });
      await page.getByRole('link', { name: 'Every site has reported' }).click();
      await page.getByText('1 of 1 sites').waitFor();
      expect(failures).toEqual([]);
    },
    patience,
  );

  it(
    'is offered again, and cancelled once asked twice',
    async () => {
      await page.getByRole('link', { name: 'Side markers, 2026' }).click();
      await button('Offer again to north').click();
      await button('Offer again').click();
      await button('Cancel the run').waitFor();
      await button('Cancel the run').click();
      await button('Cancel the run for good').click();
      await page.getByText(/^cancelled · started/).waitFor();
      await page.getByRole('listitem', { name: 'north' }).getByRole('button', { name: 'Suspend' }).click();
      await button('Resume').waitFor();
    },
    patience,
  );

  it('is seen by a reader, who is told no name and offered no button', async () => {
    const reader = await newContext();
    const other = await reader.newPage();
    await other.goto(url);
    await other.getByLabel('Name').fill('rea');
    await other.getByLabel('Password').fill(goodPassword);
    await button('Sign in', other).click();
    await other.getByRole('link', { name: 'Side markers, 2026' }).click();
    await other.getByRole('listitem', { name: 'site-1' }).waitFor();
    expect(await other.getByText('north').count()).toBe(0);
    for (const name of ['Suspend', 'Resume', 'Revoke', 'Cancel the run', 'Make the kit'])
      expect(await button(name, other).count()).toBe(0);
    await reader.close();
  });
});

/** What its IT does at the hospital: films, policy, agent. */
async function startHospital(dataDir: string): Promise<void> {
  const folder = join(dir, 'films');
  const studies = await call(federation.connection, 'listStudies');
  const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
  const site = { name: 'north', role: 'external', folder, datasetArguments, dataDir, words: [] } as const;
  await mkdir(dataDir, { recursive: true });
  await federation.prepare(studies[0]!, site);
  staff.push({ site, agent: federation.startAgent(site) });
}

/** As an operator's update does; the page stays open. */
async function restartCoordinator(): Promise<void> {
  const { child } = federation.coordinator;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  await page.getByText('The coordinator does not answer').first().waitFor();
  await federation.startCoordinator({ SIDEMARK_PORT: port });
  await page.getByText('The coordinator does not answer').first().waitFor({ state: 'detached' });
}
