// What lies in models/ is what its index and its cards say, and an agent takes it.
import { describe, expect, it } from '@jest/globals';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Manifest } from '@sidemark/core/contract';
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { digestOf, sha256 } from '@sidemark/core/signing';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import { canaryDifference } from './canary-difference.ts';
import { CARDS, laidOut } from './cards/card.ts';

const folder = 'models';
const MB = 1e6;

interface Entry {
  name: string;
  file: string;
  bytes: number;
  sha256: string;
  manifestSha256: string;
  differenceFromPyTorch: number;
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

  it.each(models.map((entry) => [entry.name, entry] as const))(
    '%s has the digests of the index and answers as PyTorch did',
    async (_, entry) => {
      const manifest = await manifestOf(entry);
      const path = join(folder, entry.file);
      expect(sha256(await readFile(path))).toBe(entry.sha256);
      expect(digestOf(manifest)).toBe(entry.manifestSha256);
      const { worst, within } = await canaryDifference({ sha256: entry.sha256, path, manifest });
      expect(within).toBe(true);
      // another processor may differ in the last bits
      expect(worst).toBeLessThan(10 * entry.differenceFromPyTorch + 1e-3);
    },
  );

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

  it('expose what CAM needs: the map is the head’s weights over the features', async () => {
    const entry = models.find(({ name }) => name === 'binary-original-s1')!;
    const manifest = await manifestOf(entry);
    const model = await loadModel({ sha256: entry.sha256, path: join(folder, entry.file), manifest });
    const { logits, features, cam } = await model.run(canaryTensor('plateau', manifest.input.image, [0, 1]));
    expect(logits!.dims).toEqual([1, 1]);
    expect(features!.dims.slice(2)).toEqual(cam!.dims.slice(2));
    expect(Math.min(...cam!.data)).toBeGreaterThanOrEqual(0);
  });
});

describe('the model cards', () => {
  it.each(CARDS)('%s says what was measured, and nothing older', async (card) => {
    const file = `${folder}/${card}.md`;
    expect(await readFile(file, 'utf8')).toBe(await laidOut(file));
  });
});
