import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@sidemark/core/signing';
import {
  SECRET,
  STUDY,
  temporaryFolder,
  tinyDataset,
  tinyFilm,
} from '../pipeline/test-support/tiny-study.ts';
import { datasetDigest, deriveDatasetKey, verifyDataset } from './dataset-digest.ts';
import { loadDataset, saveDataset } from './dataset.store.ts';
import type { DatasetRow } from './registered-dataset.ts';
import { readFilmFile } from './film/film-file.reader.ts';

const key = deriveDatasetKey(SECRET, STUDY);
const made = () => tinyDataset([{ level: 40 }, { level: 150 }, { level: 200 }]);

describe('the dataset digest', () => {
  it('depends on rows, not on their order or names', async () => {
    const { rows, digest } = await made();
    expect(datasetDigest([...rows].reverse(), key)).toBe(digest);
    expect(
      datasetDigest(
        rows.map((row) => ({ ...row, path: `x/${row.path}` })),
        key,
      ),
    ).toBe(digest);
  });

  it.each(['label', 'patient', 'class', 'view'] as const)('changes with the %s of one row', async (field) => {
    const { rows, digest } = await made();
    const change = { label: 1 - rows[0]!.label, patient: 'other', class: 3, view: 'PA' }[field];
    const changed = rows.map((row, i) => (i === 0 ? { ...row, [field]: change } : row));
    expect(datasetDigest(changed, key)).not.toBe(digest);
  });

  it('changes with the mask and the split of one row, and is as before where no row has any', async () => {
    const { rows, digest } = await made();
    const withOne = (change: Partial<DatasetRow>): string =>
      datasetDigest(
        rows.map((row, i) => (i === 0 ? { ...row, ...change } : row)),
        key,
      );
    const digests = [
      digest,
      withOne({ split: 'test' }),
      withOne({ split: 'train' }),
      withOne({ maskSha256: 'a'.repeat(64) }),
    ];
    expect(new Set(digests).size).toBe(4);
    expect(withOne({ mask: 'elsewhere.png' })).toBe(digest);
  });

  it('is not found again when a mask changed', async () => {
    const { rows, ...dataset } = await made();
    const mask = await tinyFilm({ level: 1 });
    await writeFile(join(dataset.folder, 'mask.png'), mask);
    const masked = rows.map((row, i) =>
      i === 0 ? { ...row, mask: 'mask.png', maskSha256: sha256(mask) } : row,
    );
    const registered = { ...dataset, rows: masked, digest: datasetDigest(masked, key) };
    expect(await verifyDataset(registered, SECRET)).toBe(registered.digest);
    await writeFile(join(dataset.folder, 'mask.png'), 'another lesion');
    await expect(verifyDataset(registered, SECRET)).rejects.toMatchObject({ details: { files: 1 } });
  });

  it('is keyed by site and study', async () => {
    const { rows, digest } = await made();
    expect(datasetDigest(rows, deriveDatasetKey(SECRET, 'other'))).not.toBe(digest);
    expect(datasetDigest(rows, deriveDatasetKey(new Uint8Array(32), STUDY))).not.toBe(digest);
  });

  it('is found again when a job starts', async () => {
    const dataset = await made();
    const seen: number[] = [];
    expect(await verifyDataset(dataset, SECRET, (done) => seen.push(done))).toBe(dataset.digest);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('is not found when a file changed, is gone, or the registration was edited', async () => {
    const changed = await made();
    await writeFile(join(changed.folder, '0.png'), 'other bytes');
    await expect(verifyDataset(changed, SECRET)).rejects.toMatchObject({
      code: 'dataset-changed',
      details: { files: 1 },
    });
    const moved = await made();
    await rename(join(moved.folder, '0.png'), join(moved.folder, 'z.png'));
    await expect(verifyDataset(moved, SECRET)).rejects.toMatchObject({ code: 'dataset-changed' });
    const edited = await made();
    const rows = edited.rows.map((row) => ({ ...row, patient: 'p0' }));
    await expect(verifyDataset({ ...edited, rows }, SECRET)).rejects.toMatchObject({
      code: 'dataset-changed',
    });
  });

  it('does not wait for a file that has become a pipe or a device', async () => {
    const dataset = await made();
    const [pipe, device] = ['0.png', '1.png'].map((name) => join(dataset.folder, name));
    await rm(pipe!);
    execFileSync('mkfifo', [pipe!]);
    await rm(device!);
    await symlink('/dev/zero', device!);
    await expect(verifyDataset(dataset, SECRET)).rejects.toMatchObject({
      code: 'dataset-changed',
      details: { files: 2 },
    });
    expect(await readFilmFile(pipe!)).toBeUndefined();
    expect(await readFilmFile(device!)).toBeUndefined();
    await expect(readFilmFile(join(dataset.folder, '2.png'), 10)).rejects.toMatchObject({
      reason: 'bad-geometry',
    });
  });
});

describe('the dataset store', () => {
  it('gives back what was registered, and refuses what is not there or damaged', async () => {
    const dataDir = await temporaryFolder();
    const dataset = await made();
    await saveDataset(dataDir, dataset);
    expect(await loadDataset(dataDir, STUDY)).toEqual(dataset);
    await writeFile(join(dataDir, 'datasets', `${STUDY}.json`), '{');
    await expect(loadDataset(dataDir, STUDY)).rejects.toMatchObject({ code: 'dataset-not-found' });
    await rm(join(dataDir, 'datasets', `${STUDY}.json`));
    await expect(loadDataset(dataDir, STUDY)).rejects.toMatchObject({ code: 'dataset-not-found' });
    await expect(loadDataset(dataDir, '../secret')).rejects.toMatchObject({ code: 'dataset-not-found' });
  });
});
