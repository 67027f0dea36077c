// What lies in models/ is what its index and its cards say, and an agent takes it.
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Manifest } from '@sidemark/core/contract';
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { digestOf, sha256 } from '@sidemark/core/signing';
import { CARDS, laidOut } from './cards/card.ts';

const folder = 'models';
const MB = 1e6;

interface Entry {
  name: string;
  file: string;
  bytes: number;
  sha256: string;
  manifestSha256: string;
}

const { models } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { models: Entry[] };
const manifestOf = async ({ file }: Entry): Promise<Manifest> =>
  Manifest.parse(JSON.parse(await readFile(join(folder, file.replace(/\.onnx$/, '.json')), 'utf8')));

describe('the shipped models', () => {
  it('are all there: every task, arm and seed, and the folds of the binary task', () => {
    const arms = ['original', 'inpainted', 'clipped'];
    const seeds = ['binary', 'three-class', 'multi-task'].flatMap((task) =>
      arms.flatMap((arm) => [1, 2, 3, 4, 5].map((seed) => `${task}-${arm}-s${seed}`)),
    );
    const folds = arms.flatMap((arm) => [1, 2, 3, 4, 5].map((fold) => `binary-${arm}-s1-f${fold}`));
    const names = models.map(({ name }) => name).sort();
    expect(names).toEqual(['marker-detector', 'marker-inpainter', ...seeds, ...folds].sort());
  });

  it('are small: each under 3 MB, the folder under 40 MB', async () => {
    for (const { name, bytes } of models) expect([name, bytes < 3 * MB]).toEqual([name, true]);
    const files = await readdir(folder, { recursive: true });
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40 * MB);
  });

  it('have the digests of the index', async () => {
    for (const entry of models) {
      const bytes = await readFile(join(folder, entry.file));
      expect([entry.name, sha256(bytes)]).toEqual([entry.name, entry.sha256]);
      expect([entry.name, digestOf(await manifestOf(entry))]).toEqual([entry.name, entry.manifestSha256]);
    }
  });

  it('are taken by an agent and answer as PyTorch did', () => {
    const args = ['--import', 'tsx', 'scripts/models/verify.ts', folder];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const lines = execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim().split('\n');
    const found = lines.map((line) => JSON.parse(line) as { name: string; worst: number; failure?: object });
    expect(found.map(({ name }) => name)).toEqual(models.map(({ name }) => name));
    expect(found.filter(({ failure }) => failure !== undefined)).toEqual([]);
    // another processor may differ in the last bits
    const worst = Math.max(...found.map((one) => one.worst));
    expect(worst).toBeLessThan(1e-3);
  });

  it('have canaries that fail for another model: the inpainter is asked inside its hole', async () => {
    const entry = models.find(({ name }) => name === 'marker-inpainter')!;
    const manifest = await manifestOf(entry);
    const { pattern, range, outputs } = manifest.canary[0]!;
    const input = canaryTensor(pattern, manifest.input.image, range).data;
    const hole = canaryMask(manifest.input.image.size);
    const { indices, values } = outputs['inpainted']!;
    const asked = indices.flatMap((at, i) => (hole[at] === 1 ? [Math.abs(values[i]! - input[at]!)] : []));
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.max(...asked)).toBeGreaterThan(2e-3);
  });
});

describe('the model cards', () => {
  it.each(CARDS)('%s says what was measured, and nothing older', async (card) => {
    const file = `${folder}/${card}.md`;
    expect(await readFile(file, 'utf8')).toBe(await laidOut(file));
  });
});
