// What the manifest of a classifier says of its answers: what the numbers are, what it draws, and how its activation
// maps are made.
import { z } from 'zod';
import { manifestCommon } from './manifest-common.ts';
import { tensorName } from './manifest-input.ts';

const probability = z.number().min(0).max(1);
const label = z.string().min(1).max(60);

/** Of several planes one is the lesion; softmax runs over all of them, background among them. */
const Segmentation = z.strictObject({
  activation: z
    .enum(['sigmoid', 'softmax', 'none'])
    .describe('what makes probabilities of the output; none: it holds probabilities'),
  planes: z.int().min(2).max(64).optional().describe('planes of the output, one for each class; absent: one'),
  plane: z.int().min(0).max(63).optional().describe('the lesion’s plane, from 0; absent: the first'),
  threshold: probability.describe('lesion where the probability reaches it, after the resize'),
  resize: z
    .literal('bilinear')
    .default('bilinear')
    .describe('of the probabilities to the grid of the ground truth'),
});

const ClassifierDecode = z.discriminatedUnion('variant', [
  z.strictObject({ variant: z.literal('binary'), positiveIndex: z.int().min(0).max(1).default(0) }),
  z.strictObject({ variant: z.literal('multiclass') }),
  z.strictObject({
    variant: z.literal('multilabel'),
    judged: label.describe(
      'which of the labels is judged against the dataset’s label 0/1, where the protocol names none',
    ),
  }),
  // a binary classifier that also segments: one output is said to be `seg`, over the film's own field
  z.strictObject({
    variant: z.literal('multitask'),
    positiveIndex: z.int().min(0).max(1).default(0),
    seg: Segmentation,
  }),
]);

const features = tensorName.describe(
  'tensor [1, K, h, w] of the graph, an output or not, after the last activation before the head',
);
const logits = tensorName
  .optional()
  .describe('tensor before the last activation; absent: the output that is said to be logits');

/** How an activation map is made of the model. */
const ActivationMap = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('exported') }).describe('an output is said to be cam'),
  z
    .strictObject({
      method: z.literal('cam'),
      features,
      weight: tensorName.describe('stored tensor [k, K] of the one linear layer after average pooling'),
      logits,
    })
    .describe('features weighted by the last layer (Zhou et al. 2016)'),
  z
    .strictObject({ method: z.literal('gradcam-bump'), features, logits })
    .describe('Grad-CAM (Selvaraju et al. 2017) of any head, its gradients by central differences'),
]);

export const MapMethod = z.enum(['exported', 'cam', 'gradcam-bump']);
export type MapMethod = z.infer<typeof MapMethod>;

/** Which part of the training sites' patients the model has not seen. */
const Fold = z
  .strictObject({
    k: z.int().min(2).max(10).describe('folds of the cross-validation'),
    heldOut: z.int().min(1).max(10).describe('the fold that was not trained on, from 1'),
  })
  .refine(({ k, heldOut }) => heldOut <= k, 'heldOut is one of the k folds');

const ClassifierThresholds = z.strictObject({
  decision: z.number().optional().describe('on the logit; positive if logit >= it'),
  labels: z
    .record(label, z.number())
    .optional()
    .describe('of a multi-label classifier: on the logit of each label; one that is not here has `decision`'),
});

export const ClassifierManifest = z.strictObject({
  ...manifestCommon,
  role: z.literal('classifier'),
  decode: ClassifierDecode,
  fold: Fold.optional(),
  thresholds: ClassifierThresholds,
  activationMap: ActivationMap.optional().describe(
    'how its activation maps are made; absent: by an output that is said to be cam, where there is one',
  ),
});
export type ClassifierManifest = z.infer<typeof ClassifierManifest>;

/** How the activation maps of a classifier are made; undefined: it has none. */
export function mapMethodOf({
  activationMap,
  outputs,
}: Pick<ClassifierManifest, 'activationMap' | 'outputs'>): MapMethod | undefined {
  if (activationMap) return activationMap.method;
  return outputs.some(({ semantic }) => semantic === 'cam') ? 'exported' : undefined;
}

/** Where on the logit a classifier calls a film positive. */
export function decisionThreshold({
  decode,
  thresholds,
}: Pick<ClassifierManifest, 'decode' | 'thresholds'>): number {
  const own = decode.variant === 'multilabel' ? thresholds.labels?.[decode.judged] : undefined;
  return own ?? thresholds.decision ?? 0;
}

/** What fields of one manifest say against each other, each line with the path where it is. */
export function classifierIssues(manifest: ClassifierManifest): string[] {
  const { labels } = manifest;
  const issues = [...answerIssues(manifest), ...drawingIssues(manifest)];
  if (new Set(labels).size < labels.length) issues.push('labels: two have one name');
  return issues;
}

function answerIssues({ decode, labels, outputs, thresholds }: ClassifierManifest): string[] {
  const issues: string[] = [];
  const has = (semantic: string): boolean => outputs.some((output) => output.semantic === semantic);
  if (has('logits') === has('probs')) issues.push('outputs: one output must be said to be logits or probs');
  if (decode.variant === 'multiclass' && (labels.length < 2 || labels.length > 20))
    issues.push(`labels: a multi-class classifier has 2 to 20 labels: ${labels.length}`);
  if (decode.variant === 'multilabel' && !labels.includes(decode.judged))
    issues.push('decode.judged: is not among the labels');
  if (thresholds.labels && decode.variant !== 'multilabel')
    issues.push('thresholds.labels: of multi-label classifiers only');
  for (const name of Object.keys(thresholds.labels ?? {}))
    if (!labels.includes(name)) issues.push(`thresholds.labels.${name}: is not among the labels`);
  return issues;
}

function drawingIssues(manifest: ClassifierManifest): string[] {
  const { decode, outputs, activationMap, input } = manifest;
  const issues: string[] = [];
  const has = (semantic: string): boolean => outputs.some((output) => output.semantic === semantic);
  if (decode.variant === 'multitask') {
    const { activation, planes = 1, plane = 0 } = decode.seg;
    if (!has('seg')) issues.push('outputs: a multi-task classifier has an output that is said to be seg');
    if (plane >= planes) issues.push(`decode.seg.plane: the output has ${planes} planes`);
    if (activation === 'softmax' && planes < 2)
      issues.push('decode.seg.planes: softmax runs over two or more planes, background among them');
  }
  if (activationMap?.method === 'exported' && !has('cam'))
    issues.push('activationMap: no output is said to be cam');
  if (activationMap && activationMap.method !== 'exported' && !has('logits') && !activationMap.logits)
    issues.push('activationMap.logits: must be named, as the output holds probabilities');
  if (activationMap && activationMap.method !== 'exported')
    for (const { name, semantic } of outputs)
      if ((semantic === 'features') !== (name === activationMap.features))
        issues.push(
          `outputs: "${name}": the output that activationMap.features names, and no other, is features`,
        );
  if ((decode.variant === 'multitask' || mapMethodOf(manifest)) && input.image.fit !== 'stretch')
    issues.push('input.image.fit: stretch, where seg or cam is laid over the film');
  return issues;
}
