// The finer figures of the classifiers that are judged on the same rows, in the order in which they use up what may be told
// of the labels: label from marker, classes right on original and inpainted, reliance, swap, then calibration and grid arm by
// arm, strata, classes right on the other arms. What is left out says so.
import {
  type Arm,
  type BinaryResult,
  type CellRef,
  type ClassifierManifest,
  decisionThreshold,
  type LabelFromMarker,
  type ProtocolDocument,
} from '@sidemark/core/contract';
import { classSizes, type CommonSet } from '../common-set.ts';
import type { Cells, Curve } from '../curves.ts';
import { type ShownClassTables, truthOf } from '../disclosure/class-tables.ts';
import type { Withheld } from '../disclosure/withheld.ts';
import { armFigures, type Sink } from './arm-figures.ts';
import { EquationBudget, type Equations } from './equation-budget.ts';
import { Crowd, type Partition, ShownPartitions } from './partitions.ts';
import { labelFromMarker } from './label-from-marker.ts';
import { type CorrectAnswers, askedPairs, type AnswerPair, pairedCorrectness } from './paired-correctness.ts';
import { markerReliance } from './reliance.ts';
import { type Stratum, strataOf } from './strata.ts';
import { swapResult } from './swap.ts';

/** By id of the classifier in the protocol. */
export type FineFigures = ReadonlyMap<
  string,
  Pick<BinaryResult, 'grid' | 'calibration' | 'reliance' | 'swap' | 'strata'>
>;

/** What the finer figures rest on, for the gate of this site. */
export interface FineFacts {
  /** divisions of the images whose counts by truth are shown, besides the decisions */
  readonly partitions: readonly Partition[];
  /** calibrations that are shown */
  readonly calibrated: readonly {
    readonly classifier: string;
    readonly arm: Arm;
    readonly logits: readonly number[];
  }[];
  readonly equations: readonly Equations[];
}

export interface FineParts {
  readonly set: CommonSet;
  readonly cells: Cells;
  readonly withheld: Withheld;
  readonly classTables: ShownClassTables;
  readonly protocol: ProtocolDocument;
  /** fold of each image's patient, from 0 */
  readonly folds: readonly number[];
  /** is the label to be found from the markers on these rows? */
  readonly asksMarkers: boolean;
  readonly floor: number;
  /** by id of the classifier */
  readonly manifests: ReadonlyMap<string, ClassifierManifest>;
}

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

export interface Fine {
  readonly figures: FineFigures;
  /** of the multi-class classifiers */
  readonly correctAnswers: CorrectAnswers;
  /** of the group that is asked for it */
  readonly labelFromMarker: LabelFromMarker | undefined;
  readonly facts: FineFacts;
}

export function fineFigures(parts: FineParts): Fine {
  const { set, cells, withheld, floor } = parts;
  const binary = cells.curves.filter(({ kind }) => kind === 'binary');
  const ids = [...new Set(binary.map(({ classifier }) => classifier))];
  const sizes = Object.values(classSizes(set)).map(({ patients }) => patients);
  const sink = {
    shown: new ShownPartitions(new Crowd(cells.patients, floor)),
    budget: new EquationBudget(Math.min(...sizes), floor),
  };
  const decided = binary.filter((curve) => !withheld.decisions(curve));
  for (const { positive } of decided) sink.shown.add(positive!.map(Number));
  const ofMarkers = parts.asksMarkers
    ? labelFromMarker(set, parts.folds, sink.shown, sink.budget)
    : undefined;
  const pairs = askedPairs(cells.curves, parts.protocol.agreements ?? []);
  const correctFirst = pairs.first.map((pair) => correctOf(pair, parts, sink));
  const reliance = new Map(ids.map((id) => [id, relianceOf(id, binary, parts, sink)]));
  const swaps = new Map(ids.map((id) => [id, swapOf(id, binary, parts, sink)]));
  const arms = armFigures(binary, parts, sink);
  const open = binary.filter((curve) => !withheld.auc(curve));
  const { labels, rows } = set;
  const strata = strataOf({ rows, labels, folds: parts.folds, curves: open }, sink.shown, sink.budget);
  const correctOthers = pairs.others.map((pair) => correctOf(pair, parts, sink));
  const figures = ids.map((id) => {
    const own = binary.filter(({ classifier }) => classifier === id);
    const [change, swap] = [reliance.get(id), swaps.get(id)];
    const of = strataOfOwn(strata, own, open);
    const entry = {
      grid: own.map((curve) => arms.byCurve.get(curve)!.grid),
      calibration: own.map((curve) => arms.byCurve.get(curve)!.calibration),
      ...(change ? { reliance: change } : {}),
      ...(swap ? { swap } : {}),
      ...(of.length > 0 ? { strata: of } : {}),
    };
    return [id, entry] as const;
  });
  const partitions = sink.shown.all.slice(decided.length);
  return {
    figures: new Map(figures),
    correctAnswers: [...correctFirst, ...correctOthers],
    labelFromMarker: ofMarkers,
    facts: { partitions, calibrated: arms.calibrated, equations: sink.budget.taken },
  };
}

/** The AUCs of the parts for the curves of one classifier; of a curve that is not open there are none. */
function strataOfOwn(
  strata: readonly Stratum[],
  own: readonly Curve[],
  open: readonly Curve[],
): NonNullable<BinaryResult['strata']> {
  return strata.map(({ aucs, ...stratum }) => {
    const at = (curve: Curve): (typeof aucs)[number] =>
      aucs[open.indexOf(curve)] ?? { auc: tooFew, variance: tooFew };
    return {
      ...stratum,
      auc: own.map((curve) => at(curve).auc),
      variance: own.map((curve) => at(curve).variance),
    };
  });
}

function correctOf(
  pair: AnswerPair,
  { set, manifests, classTables }: FineParts,
  { shown, budget }: Sink,
): CorrectAnswers[number] {
  const truth = truthOf(set, manifests.get(pair.a.classifier)!.labels.length);
  const told = [pair.a, pair.b].every((curve) => classTables(curve).diagonal !== null);
  const correct = told ? pairedCorrectness(pair, truth, shown, budget) : tooFew;
  const cellOf = ({ classifier, arm }: Curve): CellRef => ({ classifier, arm });
  return { a: cellOf(pair.a), b: cellOf(pair.b), correct };
}

function relianceOf(
  id: string,
  binary: readonly Curve[],
  { set: { images, labels } }: FineParts,
  { shown, budget }: Sink,
): BinaryResult['reliance'] {
  const on = (arm: Arm): Curve | undefined =>
    binary.find((curve) => curve.classifier === id && curve.arm === arm);
  const [original, inpainted, placebo] = [on('original'), on('inpainted'), on('placebo')];
  if (!original || !inpainted) return undefined;
  return markerReliance({ images, labels, original, inpainted, placebo }, shown, budget);
}

function swapOf(
  id: string,
  binary: readonly Curve[],
  { set, protocol: { swap, classifiers }, manifests, withheld }: FineParts,
  { shown, budget }: Sink,
): BinaryResult['swap'] {
  const index = classifiers.findIndex((one) => one.id === id);
  const own = binary.filter(({ classifier }) => classifier === id);
  const without = own.find(({ arm }) => arm === 'inpainted');
  const scores = set.images.flatMap(({ swapped }) => (swapped?.[index] ? [swapped[index]] : []));
  if (!swap || !without || scores.length < set.images.length) return undefined;
  const beside = own.filter((curve) => !withheld.auc(curve));
  const threshold = decisionThreshold(manifests.get(id)!);
  return swapResult({ set, swap, scores, without, beside, threshold }, shown, budget);
}
