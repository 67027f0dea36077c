// Heat maps of a job as it lies in a data directory: which pictures are drawn, what they are called, and that the agent's
// own directory stays as it was.
import { copyFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ModelRef, payloadTypes, type ProtocolDocument } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import sharp from 'sharp';
import { saveDataset } from '../dataset/dataset.store.ts';
import { saveEnrolment } from '../identity/enrolment.store.ts';
import { type JobRecord, recordOf } from '../jobs/job-record.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { base64, ids, releaseKey, seal, strangerKey } from '../jobs/trial.sample.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { ModelStore } from '../models/model.store.ts';
import {
  localDetector,
  localFeatures,
  localFindings,
  localInpainter,
  localMultitask,
} from '../pipeline/test-support/tiny-models.ts';
import { STUDY, temporaryFolder, tinyDataset, tinyProtocol } from '../pipeline/test-support/tiny-study.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { drawJob } from './draw-job.ts';
import { rowsOf } from './heat-maps.command.ts';
import { jobAtHand } from './job-at-hand.ts';

let directory: DataDirectory;
let models: LocalModels;
let record: JobRecord;
let protocol: ProtocolDocument;
let row: Record<'marked' | 'bare' | 'lateral', number>;

const refOf = ({ sha256, manifest }: LocalModel): ModelRef => ({
  name: manifest.name,
  version: manifest.version,
  sha256,
  manifestSha256: digestOf(manifest),
});

beforeAll(async () => {
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
  const folder = await temporaryFolder();
  models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [await localFeatures(folder), await localFindings(folder), await localMultitask(folder)],
  };
  protocol = tinyProtocol(models, {
    detector: refOf(models.detector),
    inpainter: refOf(models.inpainter),
    classifiers: models.classifiers.map((model) => ({ id: model.manifest.name, model: refOf(model) })),
    views: ['PA'],
  });
  const store = new ModelStore(directory.models);
  for (const model of [models.detector, models.inpainter, ...models.classifiers]) {
    await store.saveManifest(model.manifest);
    await copyFile(model.path, store.pathOf(model.sha256));
  }
  const dataset = await tinyDataset([
    { level: 100, marker: true, row: { view: 'PA' } },
    { level: 140, row: { view: 'PA' } },
    { level: 160, row: { view: 'LATERAL' } },
  ]);
  await saveDataset(directory.root, dataset);
  const [first, second, third] = [0, 1, 2].map(
    (k) => dataset.rows.findIndex(({ path }) => path === `${k}.png`) + 1,
  );
  row = { marked: first!, bare: second!, lateral: third! };
  await saveEnrolment(directory, {
    schema: 'sidemark.agent-enrolment/1',
    coordinator: 'https://trial.example',
    allowHttp: false,
    releasePublicKey: base64(releaseKey.publicKey),
    study: STUDY,
    site: ids.site,
    siteName: 'north',
    siteKeyId: 'f'.repeat(64),
    words: ['a', 'b', 'c', 'd', 'e', 'f'],
    answered: true,
  });
  const offer = { job: ids.job, run: ids.run, study: STUDY, protocolDigest: digestOf(protocol) };
  record = recordOf(offer as Parameters<typeof recordOf>[0], 1, new Date().toISOString());
  await new JobsStore(directory).update(ids.job, () => record);
});

const filesOfAgent = async (): Promise<string[]> =>
  (await readdir(directory.root, { recursive: true })).sort();

describe('heat maps of a job', () => {
  it('wait for its protocol, and take none that the trial did not freeze', async () => {
    await expect(jobAtHand(directory, ids.run)).rejects.toMatchObject({ code: 'job-unknown' });
    await expect(jobAtHand(directory, ids.job)).rejects.toMatchObject({
      code: 'state-conflict',
      details: { state: 'offered', missing: 'the protocol' },
    });
    const jobs = new JobsStore(directory);
    await jobs.saveProtocol(ids.job, seal(payloadTypes.protocol, protocol, strangerKey));
    await expect(jobAtHand(directory, ids.job)).rejects.toMatchObject({ code: 'protocol-invalid' });
    await jobs.saveProtocol(ids.job, seal(payloadTypes.protocol, protocol, releaseKey));
  });

  it('are drawn by film, classifier and arm, and only where they were asked for', async () => {
    const before = await filesOfAgent();
    const out = join(await temporaryFolder(), 'heat');
    const counts: number[] = [];
    const films = await drawJob({
      ...(await jobAtHand(directory, ids.job)),
      out,
      onFilm: (done) => void counts.push(done),
    });
    expect(films.map((film) => [film.row, film.skipped, film.maps.length])).toEqual(
      [row.marked, row.bare].sort().map((one) => [one, null, 6]),
    );
    expect(counts).toEqual([1, 2]);
    // no marker, so that no arm differs: one picture for three
    const file = (film: number, classifier: string, arm: string): string =>
      `film-0000${film}.${classifier}.${arm}.positive.png`;
    expect((await readdir(out)).sort()).toEqual(
      ['features', 'multitask']
        .flatMap((of) => [
          ...['original', 'inpainted', 'clipped'].map((arm) => file(row.marked, of, arm)),
          file(row.bare, of, 'original'),
        ])
        .sort(),
    );
    expect(films.find((film) => film.row === row.bare)!.maps[1]).toEqual({
      ...{ classifier: 'features', arm: 'inpainted', label: 'positive' },
      file: file(row.bare, 'features', 'original'),
    });
    for (const path of [out, join(out, file(row.bare, 'features', 'original'))])
      expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await filesOfAgent()).toEqual(before);
    const { data, info } = await sharp(join(out, file(row.marked, 'multitask', 'original')))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([1808, 900, 3]);
    // the map of the multitask model is the film: its marker burns, beside a film that stays grey
    const pixel = (x: number, y: number): number[] => [
      ...data.subarray((y * 1808 + x) * 3, (y * 1808 + x) * 3 + 3),
    ];
    expect(new Set(pixel(140, 140)).size).toBe(1);
    const [red, green, blue] = pixel(908 + 140, 140);
    expect(red! - green!).toBeGreaterThan(150);
    expect(blue).toBeLessThan(100);
  });

  it('come with the film before and after inpainting, also where no classifier has maps', async () => {
    const atHand = await jobAtHand(directory, ids.job);
    const out = await temporaryFolder();
    const without = {
      protocol: { ...protocol, classifiers: protocol.classifiers.slice(1, 2) },
      models: { ...atHand.models, classifiers: atHand.models.classifiers.slice(1, 2) },
    };
    const asked = { rows: [row.marked, row.bare], out, onFilm: () => undefined, inpainting: true };
    const [marked, bare] = await drawJob({ ...atHand, ...without, ...asked });
    const file = (film: number): string => `film-0000${film}.inpainting.png`;
    expect([marked?.inpainting, bare?.inpainting]).toEqual([file(row.marked), file(row.bare)]);
    expect([...marked!.maps, ...bare!.maps].every((map) => map.file === null)).toBe(true);
    expect((await readdir(out)).sort()).toEqual([file(row.marked), file(row.bare)].sort());
    // beside a film with a hole stands what was there and what is there now; a film without one stands alone
    const widths = await Promise.all(
      [row.marked, row.bare].map(async (film) => (await sharp(join(out, file(film))).metadata()).width),
    );
    expect(widths[0]! - widths[1]!).toBe(2 * 308);
  });

  it('say why a film has none', async () => {
    const atHand = await jobAtHand(directory, ids.job);
    const out = await temporaryFolder();
    const onFilm = (): void => undefined;
    expect(await drawJob({ ...atHand, rows: [row.lateral], out, onFilm })).toEqual([
      { row: row.lateral, skipped: 'view-not-allowed', inpainting: null, maps: [] },
    ]);
    const classifiers = atHand.models.classifiers.slice(1, 2);
    const without = {
      ...atHand,
      protocol: { ...protocol, classifiers: protocol.classifiers.slice(1, 2) },
      models: { ...atHand.models, classifiers },
    };
    await expect(drawJob({ ...without, out, onFilm })).rejects.toMatchObject({
      code: 'model-map-unavailable',
    });
    const moved = {
      ...atHand.dataset,
      rows: atHand.dataset.rows.map((one) => ({ ...one, sha256: '0'.repeat(64) })),
    };
    await expect(
      drawJob({ ...atHand, dataset: moved, rows: [row.marked], out, onFilm }),
    ).rejects.toMatchObject({
      code: 'dataset-changed',
    });
    expect(await readdir(out)).toEqual([]);
  });

  it('need every model on this machine', async () => {
    await rm(join(directory.models, `${models.inpainter.sha256}.manifest.json`));
    await expect(jobAtHand(directory, ids.job)).rejects.toMatchObject({
      code: 'state-conflict',
      details: { missing: 'inpainter@1.0.0' },
    });
  });
});

describe('rowsOf', () => {
  it('takes rows and ranges, each once', () => {
    expect(rowsOf('3', 3)).toEqual([3]);
    expect(rowsOf('7,1-3, 2', 9)).toEqual([1, 2, 3, 7]);
  });

  it.each(['0', '4', '2-1', '1-', 'a', '', '1,,2', '1.5', '-1'])('refuses %p of three rows', (text) => {
    expect(() => rowsOf(text, 3)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
