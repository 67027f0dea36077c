// Multi-label classifiers, and activation maps that the agent makes itself, from the manifest to the figures of a report.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { BinaryResult, ClassifierManifest, ProtocolDocument } from '@sidemark/core/contract';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { evaluateJob } from './evaluate-job.ts';
import {
  localDetector,
  localFeatures,
  localFindings,
  localInpainter,
  localMultitask,
} from './test-support/tiny-models.ts';
import { temporaryFolder, tinyDataset, tinyProtocol } from './test-support/tiny-study.ts';

let folder: string;
let dataset: RegisteredDataset;

beforeAll(async () => {
  folder = await temporaryFolder();
  dataset = await tinyDataset([
    ...[60, 70, 80, 90, 100, 120].map((level) => ({ level, marker: level > 85 })),
    ...[121, 130, 140, 150, 160, 170].map((level) => ({ level })),
  ]);
});

async function judge(classifiers: LocalModel<ClassifierManifest>[], label?: string): Promise<BinaryResult[]> {
  const models: LocalModels = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers,
  };
  const drafted = tinyProtocol(models);
  const protocol: ProtocolDocument = {
    ...drafted,
    classifiers: drafted.classifiers.map((one) => ({ ...one, ...(label === undefined ? {} : { label }) })),
  };
  const journalPath = join(await temporaryFolder(), 'journal.ndjson');
  const { result } = await evaluateJob({
    ...{ protocol, models, dataset, journalPath, foldKey: 'key', siteName: 'here', floor: 1, workers: 1 },
    onProgress: () => undefined,
  });
  return result.classifiers.filter((one) => one.kind === 'binary');
}

const aucs = ({ auc }: BinaryResult): unknown[] => auc.map((one) => one.kind === 'estimate' && one.value);

describe('a multi-label classifier', () => {
  it('is a binary one of the label that its manifest names, or of another that the protocol names', async () => {
    const model = await localFindings(folder);
    const [bright] = await judge([model]);
    expect(aucs(bright!)).toEqual([0.97, 1, 1]);
    const [dark] = await judge([model], 'dark');
    expect(aucs(dark!)).toEqual([0.03, 0, 0]);
    const [always] = await judge([model], 'always');
    expect(aucs(always!)).toEqual([0.5, 0.5, 0.5]);
  });

  it('decides at the threshold of its label', async () => {
    // logits of films brighter than 128 are above 0, of those brighter than 152 above 0.77
    const [even] = await judge([await localFindings(folder)]);
    expect(even!.decisions[1]).toMatchObject({ tp: 5, fp: 0 });
    const [strict] = await judge([await localFindings(folder, { labels: { bright: 0.77 } })]);
    expect(strict!.decisions[1]).toMatchObject({ tp: 3, fp: 0 });
    const [other] = await judge([await localFindings(folder, { labels: { dark: 5 }, decision: 0.77 })]);
    expect(other!.decisions[1]).toMatchObject({ tp: 3, fp: 0 });
  });

  it('has no other labels than its own', async () => {
    await expect(judge([await localFindings(folder)], 'broken')).rejects.toMatchObject({
      code: 'protocol-invalid',
      details: { problems: ['findings: decode.judged: is not among the labels'] },
    });
    await expect(judge([await localFeatures(folder)], 'bright')).rejects.toMatchObject({
      code: 'protocol-invalid',
    });
  });
});

describe('activation maps', () => {
  it('are reported with the method that made them, and CAM and Grad-CAM agree', async () => {
    const bump = { method: 'gradcam-bump', features: 'features' } as const;
    const cam = await localFeatures(folder, 'cam');
    const bumped = await localFeatures(folder, 'bumped', undefined, { activationMap: bump });
    const given = await localMultitask(folder);
    const [made, moved, exported] = (await judge([cam, bumped, given])).map((one) => one.cam!);
    expect([made!.method, moved!.method, exported!.method]).toEqual(['cam', 'gradcam-bump', 'exported']);
    expect(made!.withoutMap).toEqual(new Array(3).fill({ kind: 'counts', images: 0 }));
    expect(exported).not.toHaveProperty('withoutMap');
    const [first, second] = [made!, moved!].map(({ marker, elsewhere, zeroMaps }) =>
      JSON.stringify({ marker, elsewhere, zeroMaps }),
    );
    expect(first).toBe(second);
    // three films have a marker, and it is brighter than the rest: more than its share of the field
    expect(made!.marker[0]).toMatchObject({ kind: 'moments', films: { images: 3 } });
  });
});
