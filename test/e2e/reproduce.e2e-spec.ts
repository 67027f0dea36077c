// `npm run reproduce -- --quick` as a person uses it, its first protocol a second time in a new federation: the page has
// every section, and what is done twice has the same results.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');
const tsx = fileURLToPath(import.meta.resolve('tsx'));
const patience = 540_000;

interface Digests {
  readonly releaseKey: string;
  readonly runs: readonly {
    name: string;
    sites: readonly { name: string; qualification: string; resultDigest: string }[];
  }[];
}

/** Rejects with what was printed when the command fails. */
function command(main: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', tsx, join(root, main), ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => parts.push(part.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve(parts.join('')) : reject(new Error(parts.join('')))));
  });
}

const reproduce = 'apps/cli/src/reproduce/main.ts';
const digestsIn = async (folder: string): Promise<Digests> =>
  JSON.parse(await readFile(join(folder, 'reproduction.json'), 'utf8')) as Digests;

describe('npm run reproduce -- --quick', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sidemark-reproduce-test-'));
    await command(reproduce, '--quick', '--out', join(dir, 'first'), '--bundles', join(dir, 'bundles'));
    await command(reproduce, '--quick', '--only', 'seed-1', '--out', join(dir, 'second'));
  }, patience);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('writes a page with every section, each beyond the paper with a figure that is there', async () => {
    const page = await readFile(join(dir, 'first/reproduction.md'), 'utf8');
    expect(page.match(/^## .*$/gm)).toEqual([
      '## What it was to show',
      '## Two classes',
      '## Three classes',
      '## Segmentation and classes together',
      '## Where the activation maps lie',
      '## Five folds',
      '## Trainings by arms',
      '## Range and shape',
      '## Reliance on markers, against a placebo',
      '## Another marker in its place',
      '## What the threshold loses on its way',
      '## The label from the marker alone',
      '## Other ways to fill a hole',
      '## The hospitals, and whether they qualified',
      '## What did not come out, and what is not here',
      '## Digests',
    ]);
    expect(page).toContain('It is no evidence about patients.');
    const images = [...page.matchAll(/\(images\/reproduction\/(\S+)\)/g)].map(([, name]) => name!);
    // without the real films, which not every machine has
    expect(images).toHaveLength(13);
    const written = await readdir(join(dir, 'first/images/reproduction'));
    expect(written.sort()).toEqual(images.sort());
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('qualifies every site, and gives the same results again in a new federation', async () => {
    const [first, second] = [await digestsIn(join(dir, 'first')), await digestsIn(join(dir, 'second'))];
    const ofSeed = ({ runs }: Digests): unknown =>
      runs.find(({ name }) => name === 'seed-1')?.sites.map((site) => [site.name, site.resultDigest]);
    expect(ofSeed(second)).toHaveLength(3);
    expect(ofSeed(second)).toEqual(ofSeed(first));
    expect(first.runs.map(({ name }) => name)).toEqual(['fill-blackout', 'folds', 'seed-1', 'swap']);
    const verdicts = first.runs.flatMap(({ sites }) => sites.map(({ qualification }) => qualification));
    expect(verdicts).toEqual(Array.from({ length: 12 }, () => 'qualified'));
  });

  it('leaves bundles that verify, and from which the page is laid out again', async () => {
    const { releaseKey } = await digestsIn(join(dir, 'first'));
    for (const name of (await readdir(join(dir, 'bundles'))).filter((one) => one.endsWith('.bundle.json'))) {
      const verify = ['bundle', 'verify', join(dir, 'bundles', name), '--fingerprint', releaseKey];
      const printed = await command('apps/cli/src/main.ts', ...verify);
      expect(printed).toMatch(/pooled numbers follow from the reports/);
    }
    await command(reproduce, '--from', join(dir, 'bundles'), '--out', join(dir, 'again'));
    const [first, again] = await Promise.all(
      ['first', 'again'].map((folder) => readFile(join(dir, folder, 'reproduction.md'), 'utf8')),
    );
    expect(again).toBe(first);
  }, 240_000);
});
