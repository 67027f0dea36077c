// From what a person drafts to the document that is signed: model names become digests, contradictions are refused
// all at once.
import {
  type CellRef,
  type ModelRef,
  type ModelRole,
  type ModelVersion,
  type ProtocolDocument,
  type ProtocolDraft,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { planProblems } from './plan-problems.ts';

/** The draft's model references, each found in the registry. */
export interface DraftModels {
  readonly detector: ModelVersion;
  readonly inpainter: ModelVersion;
  /** as many as the draft's classifiers, in their order */
  readonly classifiers: readonly ModelVersion[];
}

/** @throws DomainError `model-not-released`, `protocol-invalid` (with `problems`). */
export function composeProtocol(
  draft: ProtocolDraft,
  models: DraftModels,
  identity: { study: string; version: number },
): ProtocolDocument {
  requireReleased([models.detector, models.inpainter, ...models.classifiers]);
  const problems = [
    ...roleProblems(models),
    ...classifierProblems(draft, models),
    ...comparisonProblems(draft, models),
    ...agreementProblems(draft, models),
    ...foldProblems(draft, models),
    ...labelProblems(draft, models),
    ...planProblems(draft),
  ];
  if (problems.length > 0) throw new DomainError('protocol-invalid', { problems });
  return {
    schema: 'sidemark.protocol/1',
    study: identity.study,
    name: draft.name,
    version: identity.version,
    detector: reference(models.detector),
    inpainter: reference(models.inpainter),
    classifiers: models.classifiers.map((model, index) => {
      const { id, foldOf, label: judged } = draft.classifiers[index]!;
      return {
        id,
        model: reference(model),
        ...(foldOf === undefined ? {} : { foldOf }),
        ...(judged === undefined ? {} : { label: judged }),
      };
    }),
    maskPolicy: draft.maskPolicy,
    ...(draft.tiling ? { tiling: draft.tiling } : {}),
    arms: draft.arms,
    comparisons: draft.comparisons,
    ...(draft.agreements.length > 0 ? { agreements: draft.agreements } : {}),
    disclosure: draft.disclosure,
    views: draft.views,
    segmentation: draft.segmentation,
    orientation: draft.orientation,
    fill: draft.fill,
    featherPx: draft.featherPx,
    analysis: draft.analysis,
    ...(draft.swap ? { swap: draft.swap } : {}),
  };
}

function reference({ name, version, sha256, manifestSha256 }: ModelVersion): ModelRef {
  return { name, version, sha256, manifestSha256 };
}

function requireReleased(models: readonly ModelVersion[]): void {
  const unreleased = models.filter(({ state }) => state !== 'released');
  if (unreleased.length === 0) return;
  throw new DomainError('model-not-released', {
    models: unreleased.map((model) => `${label(model)} is ${model.state}`),
  });
}

function roleProblems({ detector, inpainter, classifiers }: DraftModels): string[] {
  const wanted = (model: ModelVersion, role: ModelRole): string[] =>
    model.role === role ? [] : [`${label(model)} has the role ${model.role}, not ${role}`];
  return [
    ...wanted(detector, 'detector'),
    ...wanted(inpainter, 'inpainter'),
    ...classifiers.flatMap((model) => wanted(model, 'classifier')),
  ];
}

function classifierProblems(draft: ProtocolDraft, { classifiers }: DraftModels): string[] {
  return [
    ...repeated(draft.classifiers.map(({ id }) => id)).map((id) => `two classifiers have the id ${id}`),
    ...repeated(classifiers.map(label)).map((model) => `two classifier ids name ${model}`),
    ...repeated(draft.arms).map((arm) => `the arm ${arm} is named twice`),
    ...repeated(draft.views).map((view) => `the view ${view} is named twice`),
    ...(draft.swap && !draft.arms.includes('inpainted')
      ? ['glyphs are drawn on the inpainted film, and the protocol has no such arm']
      : []),
  ];
}

/** A label is chosen of multi-label models, among those they have. */
function labelProblems(draft: ProtocolDraft, { classifiers }: DraftModels): string[] {
  return draft.classifiers.flatMap(({ id, label: judged }, index) => {
    const manifest = classifiers[index]?.manifest;
    if (judged === undefined || manifest?.role !== 'classifier') return [];
    if (manifest.decode.variant !== 'multilabel')
      return [`classifier ${id}: a label is chosen of multi-label models only`];
    return manifest.labels.includes(judged) ? [] : [`classifier ${id}: the model has no label ${judged}`];
  });
}

/** The folds of one name hold out different parts of one division. */
function foldProblems(draft: ProtocolDraft, { classifiers }: DraftModels): string[] {
  const folds = draft.classifiers.flatMap(({ id, foldOf }, index) => {
    const manifest = classifiers[index]?.manifest;
    const fold = manifest?.role === 'classifier' ? manifest.fold : undefined;
    return foldOf === undefined ? [] : [{ id, foldOf, fold }];
  });
  return [...new Set(folds.map(({ foldOf }) => foldOf))].flatMap((name) => {
    const own = folds.filter(({ foldOf }) => foldOf === name);
    const known = own.flatMap(({ fold }) => fold ?? []);
    return [
      ...own
        .filter(({ fold }) => fold === undefined)
        .map(({ id }) => `foldOf ${name}: the model of ${id} names no fold`),
      ...(new Set(known.map(({ k }) => k)).size > 1 ? [`foldOf ${name}: not folds of one division`] : []),
      ...(new Set(known.map(({ heldOut }) => heldOut)).size < known.length
        ? [`foldOf ${name}: two classifiers hold out the same fold`]
        : []),
    ];
  });
}

function comparisonProblems(draft: ProtocolDraft, { classifiers }: DraftModels): string[] {
  const ids = draft.classifiers.map(({ id }) => id);
  const cellProblems = (comparison: string, { classifier, arm }: CellRef): string[] => {
    const model = classifiers[ids.indexOf(classifier)];
    const where = `comparison ${comparison}`;
    if (model === undefined) return [`${where}: there is no classifier ${classifier}`];
    return [
      ...(draft.arms.includes(arm) ? [] : [`${where}: the arm ${arm} is not in the protocol`]),
      ...(isMulticlass(model)
        ? [`${where}: ${classifier} is multi-class, and only binary classifiers have an AUC`]
        : []),
    ];
  };
  return [
    ...repeated(draft.comparisons.map(({ id }) => id)).map((id) => `two comparisons have the id ${id}`),
    ...draft.comparisons.flatMap(({ id, a, b }) => [
      ...cellProblems(id, a),
      ...cellProblems(id, b),
      ...(a.classifier === b.classifier && a.arm === b.arm
        ? [`comparison ${id}: both sides are the same cell`]
        : []),
    ]),
  ];
}

function agreementProblems(draft: ProtocolDraft, { classifiers }: DraftModels): string[] {
  const ids = draft.classifiers.map(({ id }) => id);
  const labelsOf = ({ classifier }: CellRef): readonly string[] => {
    const model = classifiers[ids.indexOf(classifier)];
    return model && isMulticlass(model) && model.manifest.role === 'classifier' ? model.manifest.labels : [];
  };
  return [
    ...repeated(draft.agreements.map(({ id }) => id)).map((id) => `two agreements have the id ${id}`),
    ...draft.agreements.flatMap(({ id, a, b }) => [
      ...[a, b]
        .filter(({ arm }) => !draft.arms.includes(arm))
        .map(({ arm }) => `agreement ${id}: the arm ${arm} is not in the protocol`),
      ...[a, b]
        .filter((cell) => labelsOf(cell).length === 0)
        .map(
          ({ classifier }) => `agreement ${id}: ${classifier} is no multi-class classifier of the protocol`,
        ),
      ...(labelsOf(a).join() === labelsOf(b).join() ? [] : [`agreement ${id}: the labels differ`]),
      ...(a.classifier === b.classifier
        ? [`agreement ${id}: every two arms of one classifier are laid against each other anyway`]
        : []),
    ]),
  ];
}

function isMulticlass({ manifest }: ModelVersion): boolean {
  return manifest.role === 'classifier' && manifest.decode.variant === 'multiclass';
}

function label({ name, version }: { name: string; version: string }): string {
  return `${name}@${version}`;
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
