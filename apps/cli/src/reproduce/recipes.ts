// What is evaluated: one protocol for each training seed, one for the folds, one for every other way to fill a hole, one for
// glyphs in place of markers.
// All are fixed here, before any film is drawn.
import { readFile } from 'node:fs/promises';
import { type HoleFill, Manifest, MarkerSwap, type ProtocolDraft } from '@sidemark/core/contract';
import type { PackModel } from '../pack/make-pack.ts';
import type { Settings } from './settings.ts';

const FOLDER = new URL('../../../../models/', import.meta.url);

export const TASKS = ['binary', 'three-class', 'multi-task'] as const;
export type Task = (typeof TASKS)[number];
/** The three arms of the paper, that models were trained on. */
export const TRAINED = ['original', 'inpainted', 'clipped'] as const;
export type Trained = (typeof TRAINED)[number];
export const FOLDS = [1, 2, 3, 4, 5] as const;
/** The seed of whatever is done with one training only: the rule of models/README.md, fixed before the first training. */
export const ONE_SEED = 1;

type Draft = Partial<ProtocolDraft> & Pick<ProtocolDraft, 'name' | 'classifiers' | 'detector' | 'inpainter'>;
type Comparison = NonNullable<ProtocolDraft['comparisons']>[number];

export interface Recipe {
  readonly draft: Draft;
  /** detector, inpainter, classifiers in the order of the protocol */
  readonly models: readonly PackModel[];
}

/** In the order in which they are run. */
export async function phantomRecipes({ seeds, fills }: Settings): Promise<Recipe[]> {
  const recipes: Recipe[] = [];
  for (const seed of seeds) recipes.push(await seedRecipe(seed));
  recipes.push(await foldRecipe());
  for (const fill of fills) recipes.push(await fillRecipe(fill));
  recipes.push(await swapRecipe());
  return recipes;
}

function seedRecipe(seed: number): Promise<Recipe> {
  const classifiers = TASKS.flatMap((task) =>
    TRAINED.map((arm) => ({ id: `${task}-${arm}`, file: `${task}/${task}-${arm}-s${seed}` })),
  );
  return recipeOf(`seed-${seed}`, classifiers, {
    arms: [...TRAINED, 'placebo'],
    comparisons: [...ownArms('binary', true), ...ownArms('multi-task', false), ...atTest()],
    agreements: ownArms('three-class', false).map(({ id, a, b }) => ({ id, a, b })),
  });
}

/** Of the paper: two trainings of one network, each on the arm that it was trained on. */
function ownArms(task: Task, primary: boolean): Comparison[] {
  const between = (a: Trained, b: Trained, first = false): Comparison => ({
    id: `${task}-${a}-vs-${b}`,
    a: { classifier: `${task}-${a}`, arm: a },
    b: { classifier: `${task}-${b}`, arm: b },
    primary: first,
  });
  return [
    between('inpainted', 'original', primary),
    between('clipped', 'original'),
    between('inpainted', 'clipped'),
  ];
}

/** One training, films changed under it: what is lost or won by grey-scale range, by shape, and by any filled hole. */
function atTest(): Comparison[] {
  const classifier = 'binary-original';
  const between = (id: string, a: Trained | 'placebo', b: Trained): Comparison => ({
    id,
    a: { classifier, arm: a },
    b: { classifier, arm: b },
    primary: false,
  });
  return [
    between('test-range', 'clipped', 'original'),
    between('test-shape', 'inpainted', 'clipped'),
    between('test-marker', 'inpainted', 'original'),
    between('test-placebo', 'placebo', 'original'),
  ];
}

function foldRecipe(): Promise<Recipe> {
  const classifiers = TRAINED.flatMap((arm) =>
    FOLDS.map((fold) => ({
      id: `binary-${arm}-f${fold}`,
      file: `binary/binary-${arm}-s${ONE_SEED}-f${fold}`,
      foldOf: `binary-${arm}`,
    })),
  );
  return recipeOf('folds', classifiers, { arms: [...TRAINED], comparisons: [] });
}

const oneOfEach = TRAINED.map((arm) => ({
  id: `binary-${arm}`,
  file: `binary/binary-${arm}-s${ONE_SEED}`,
}));

/** Every glyph of the library: two letters, two looks, four corners, three sizes. */
function swapRecipe(): Promise<Recipe> {
  return recipeOf('swap', oneOfEach, {
    arms: ['original', 'inpainted'],
    comparisons: [],
    swap: MarkerSwap.parse({ library: 'sidemark-glyphs/1' }),
  });
}

function fillRecipe(fill: HoleFill): Promise<Recipe> {
  return recipeOf(`fill-${fill}`, oneOfEach, {
    arms: [...TRAINED],
    comparisons: ownArms('binary', true),
    fill,
  });
}

/** For hospitals whose films the classifiers were not made for: they are asked because a protocol needs one. */
export function radiographRecipe(): Promise<Recipe> {
  const classifiers = [{ id: 'binary-original', file: `binary/binary-original-s${ONE_SEED}` }];
  return recipeOf('radiographs', classifiers, {
    arms: ['original', 'inpainted', 'placebo'],
    comparisons: [],
  });
}

async function recipeOf(
  name: string,
  classifiers: readonly { id: string; file: string; foldOf?: string }[],
  rest: Pick<ProtocolDraft, 'arms' | 'comparisons'> &
    Partial<Pick<ProtocolDraft, 'fill' | 'swap' | 'agreements'>>,
): Promise<Recipe> {
  const files = ['marker-detector', 'marker-inpainter', ...classifiers.map(({ file }) => file)];
  const models = await Promise.all(files.map(readModel));
  const [detector, inpainter, ...judged] = models.map(
    ({ manifest }) => `${manifest.name}@${manifest.version}`,
  );
  return {
    models,
    draft: {
      name,
      detector: detector!,
      inpainter: inpainter!,
      classifiers: classifiers.map(({ id, foldOf }, k) => ({
        id,
        model: judged[k]!,
        ...(foldOf === undefined ? {} : { foldOf }),
      })),
      // the lowest that a protocol may ask: few errors are many figures less
      disclosure: { minPatientsPerClass: 5 },
      ...rest,
    },
  };
}

async function readModel(file: string): Promise<PackModel> {
  const manifest = Manifest.parse(JSON.parse(await readFile(new URL(`${file}.json`, FOLDER), 'utf8')));
  return { bytes: await readFile(new URL(`${file}.onnx`, FOLDER)), manifest };
}
