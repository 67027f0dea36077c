// The stage of the office's story: a coordinator that nobody has used yet, the office's window, three hospitals with
// films, and the analytic models as files.
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { Federation } from '../../../apps/cli/src/demo/federation.ts';
import type { Member } from '../../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../../apps/cli/src/demo/work-directory.ts';
import { analyticModels } from '../analytic-study.ts';
import { openContext, patience, startBrowser } from '../browser.ts';
import { freePort } from '../free-port.ts';
import { drawFilms } from './hospitals.ts';

const root = join(import.meta.dirname, '../../..');

/** Detector, inpainter, and two classifiers: one trained where markers go with disease, one on inpainted films. */
export const models = analyticModels().slice(0, 4);

export interface Stage {
  readonly dir: string;
  readonly port: string;
  readonly federation: Federation;
  readonly browser: Browser;
  /** the trial office's window */
  readonly page: Page;
  /** by hospital, once they run */
  readonly agents: Map<string, Member>;
  /** what the office's page threw */
  readonly failures: string[];
  /** given when everybody goes home */
  readonly evening: AbortController;
  /** what goes on at the hospitals meanwhile; a failure comes out where it is awaited */
  meanwhile: Promise<unknown>;
}

export async function openStage(): Promise<Stage> {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
  execFileSync(process.execPath, ['scripts/bootstrap.mjs'], { cwd: root, env });
  const dir = await makeWorkDirectory('office');
  const port = String(await freePort());
  const federation = new Federation(dir, 1);
  await federation.startCoordinator({ SIDEMARK_PORT: port });
  await drawFilms(dir);
  for (const { bytes, manifest } of models) {
    await writeFile(join(dir, `${manifest.name}.onnx`), bytes);
    await writeFile(join(dir, `${manifest.name}.json`), JSON.stringify(manifest));
  }
  const browser = await startBrowser();
  const page = await (await newWindow(browser)).newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  return {
    ...{ dir, port, federation, browser, page, failures },
    ...{ agents: new Map(), evening: new AbortController(), meanwhile: Promise.resolve() },
  };
}

export async function closeStage(stage: Stage | undefined): Promise<void> {
  if (stage === undefined) return;
  stage.evening.abort();
  await stage.meanwhile.catch(() => undefined);
  await stage.browser.close();
  await stage.federation.end();
  await rm(stage.dir, { recursive: true, force: true });
}

/** Somebody else's, who shares nothing with the office's. */
export const newWindow = (browser: Browser): Promise<BrowserContext> => openContext(browser, patience.work);

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button', { name, exact: true });
