// The shipped models on six phantoms, as a site would answer them: intact, and on machines that are broken on purpose.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClassifierManifest,
  DetectorManifest,
  type FilmAnswer,
  InpainterManifest,
  type ProtocolDocument,
  recipeOf,
} from '@sidemark/core/contract';
import { judgeAnswers } from '@sidemark/core/qualification';
import { sha256 } from '@sidemark/core/signing';
import { siteProfile, writeSite } from '@sidemark/phantom';
import type { LocalModels } from '../../models/local-model.ts';
import { temporaryFolder, tinyProtocol } from '../test-support/tiny-study.ts';
import { answerPack } from './answer-pack.ts';
import type { PackFilmFile } from './pack-film.ts';

const root = join(import.meta.dirname, '../../../../..');
const positive = [false, true, false, true, false, true];

async function shipped(name: string) {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'models', `${name}.json`), 'utf8'));
  return { manifest, path: join(root, 'models', `${name}.onnx`) };
}

describe('answers to a pack', () => {
  let models: LocalModels;
  let protocol: ProtocolDocument;
  let folder: string;
  let films: PackFilmFile[];
  let reference: FilmAnswer[];

  const answers = (changed: Partial<LocalModels> = {}, asked = films): Promise<FilmAnswer[]> =>
    answerPack({ protocol, models: { ...models, ...changed }, folder, films: asked, workers: 2 });
  const judged = (found: readonly FilmAnswer[]) =>
    judgeAnswers({ films: [...found] }, { films: reference, positive }, recipeOf(protocol));
  const whatDiffers = async (found: Promise<FilmAnswer[]>): Promise<string[]> => [
    ...new Set(judged(await found).findings.map(({ what }) => what)),
  ];

  beforeAll(async () => {
    const [detector, inpainter, classifier] = [
      await shipped('marker-detector'),
      await shipped('marker-inpainter'),
      await shipped('binary/binary-original-s1'),
    ];
    const of = <T extends { sha256: string }>(manifest: T, path: string) => ({
      ...{ manifest, path },
      sha256: manifest.sha256,
    });
    models = {
      detector: of(DetectorManifest.parse(detector.manifest), detector.path),
      inpainter: of(InpainterManifest.parse(inpainter.manifest), inpainter.path),
      classifiers: [of(ClassifierManifest.parse(classifier.manifest), classifier.path)],
    };
    protocol = tinyProtocol(models, { comparisons: [], arms: ['original', 'inpainted'] });
    folder = await temporaryFolder();
    const profile = JSON.parse(
      await readFile(join(root, 'libs/phantom/sites/hillside.json'), 'utf8'),
    ) as object;
    await writeSite(
      siteProfile({ ...profile, films: positive.length, film: { side: 320, bits: 12 } }),
      folder,
    );
    const marked = JSON.parse(await readFile(join(folder, 'markers.json'), 'utf8')) as { path: string }[];
    films = await Promise.all(
      marked.map(async ({ path }, i) => ({
        ...{ name: `film-${i + 1}`, path },
        sha256: sha256(await readFile(join(folder, path))),
        around: [],
      })),
    );
    reference = await answers();
  });

  it('are the same again on the same machine', async () => {
    expect(reference.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(reference.some((one) => one.kind === 'answered' && one.boxes.length > 0)).toBe(true);
    expect(judged(await answers())).toEqual({ state: 'qualified', differences: 0, findings: [] });
  });

  it('give another interpolation away', async () => {
    const [classifier] = models.classifiers;
    const { input } = classifier!.manifest;
    const image = { ...input.image, interpolation: 'nearest' as const, antialias: false };
    const manifest = { ...classifier!.manifest, input: { ...input, image } };
    expect(await whatDiffers(answers({ classifiers: [{ ...classifier!, manifest }] }))).toContain('logits');
  });

  it('give a wrong window away', async () => {
    const { input } = models.detector.manifest;
    const intensity = {
      ...input.image.intensity,
      scale: 'fixed' as const,
      fixed: [0, 65535] as [number, number],
    };
    const manifest = {
      ...models.detector.manifest,
      input: { ...input, image: { ...input.image, intensity } },
    };
    expect(await whatDiffers(answers({ detector: { ...models.detector, manifest } }))).toContain('boxes');
  });

  it('give an inverted film away', async () => {
    const bytes = await readFile(join(folder, films[0]!.path));
    const at = bytes.indexOf('MONOCHROME2');
    bytes.write('MONOCHROME1', at, 'latin1');
    await writeFile(join(folder, 'inverted.dcm'), bytes);
    const inverted = { ...films[0]!, path: 'inverted.dcm', sha256: sha256(bytes) };
    expect(await whatDiffers(answers({}, [inverted, ...films.slice(1)]))).toContain('stored-values');
  });

  it('give a film away that the machine cannot read', async () => {
    const bytes = (await readFile(join(folder, films[0]!.path))).subarray(0, 2000);
    await writeFile(join(folder, 'cut.dcm'), bytes);
    const cut = { ...films[0]!, path: 'cut.dcm', sha256: sha256(bytes) };
    expect(await whatDiffers(answers({}, [cut, ...films.slice(1)]))).toContain('skipped');
  });
});
