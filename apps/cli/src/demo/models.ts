// The trained models that the demonstration releases, and the protocol over them: three tasks trained on two or three arms
// (seed 1, a rule fixed before training), every one evaluated on all three arms.
import { readFile } from 'node:fs/promises';
import type { ModelVersion, ProtocolDraft } from '@sidemark/core/contract';
import type { DemoModel } from './federation.ts';

const FOLDER = new URL('../../../../models/', import.meta.url);
const SEED = 1;
const ARMS = ['original', 'inpainted', 'clipped'] as const;

type DemoArm = (typeof ARMS)[number];
type Task = 'binary' | 'three-class' | 'multi-task';
type Comparison = NonNullable<ProtocolDraft['comparisons']>[number];

const classifierFile = (task: Task, arm: DemoArm): string => `${task}/${task}-${arm}-s${SEED}`;

/** The trainings of each task that are shown. @param classes whether the sites have classes, for the three-class task */
function trainings(classes: boolean): { task: Task; arm: DemoArm }[] {
  const of = (task: Task, ...arms: DemoArm[]): { task: Task; arm: DemoArm }[] =>
    arms.map((arm) => ({ task, arm }));
  return [
    ...of('binary', ...ARMS),
    ...(classes ? of('three-class', 'original', 'inpainted') : []),
    ...of('multi-task', 'original', 'inpainted'),
  ];
}

/** Detector, inpainter, then the classifiers task by task and arm by arm. */
export async function demoModels(classes: boolean): Promise<DemoModel[]> {
  const classifiers = trainings(classes).map(({ task, arm }) => classifierFile(task, arm));
  return Promise.all(['marker-detector', 'marker-inpainter', ...classifiers].map(readModel));
}

async function readModel(file: string): Promise<DemoModel> {
  const manifest = JSON.parse(
    await readFile(new URL(`${file}.json`, FOLDER), 'utf8'),
  ) as DemoModel['manifest'];
  return { bytes: await readFile(new URL(`${file}.onnx`, FOLDER)), manifest };
}

/** @param models as released, in the order of `demoModels` */
export function demoProtocol(models: readonly ModelVersion[], classes: boolean): Partial<ProtocolDraft> {
  const [detector, inpainter, ...classifiers] = models.map(({ name, version }) => `${name}@${version}`);
  const ids = trainings(classes).map(({ task, arm }) => `${task}-${arm}`);
  return {
    name: 'side-markers',
    detector: detector!,
    inpainter: inpainter!,
    classifiers: ids.map((id, k) => ({ id, model: classifiers[k]! })),
    arms: [...ARMS],
    comparisons: [
      ownArms('binary', 'inpainted', 'original', true),
      ownArms('binary', 'clipped', 'original', false),
      ownArms('binary', 'inpainted', 'clipped', false),
      ownArms('multi-task', 'inpainted', 'original', false),
      {
        id: 'binary-marker-removed',
        a: { classifier: 'binary-original', arm: 'inpainted' },
        b: { classifier: 'binary-original', arm: 'original' },
        primary: false,
      },
    ],
    // the paper's question: hospitals that no model was trained at
    analysis: {
      level: 0.95,
      plan: {
        families: [{ name: 'main', comparisons: ['binary-inpainted-vs-original'] }],
        sites: 'external',
        margins: [],
        internalSites: [],
      },
    },
  };
}

/** Two trainings of one network, each on the arm that it was trained on: the paper's comparison. */
function ownArms(task: Task, a: DemoArm, b: DemoArm, primary: boolean): Comparison {
  const cell = (arm: DemoArm): Comparison['a'] => ({ classifier: `${task}-${arm}`, arm });
  return { id: `${task}-${a}-vs-${b}`, a: cell(a), b: cell(b), primary };
}
