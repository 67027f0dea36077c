// The finer figures of the classifiers that are judged on the same rows, in the order in which they use up what may be told
// of the labels: label from marker, classes right on original and inpainted, reliance, then calibration and grid arm by arm,
// strata, classes right on the other arms. What is left out says so.
import type { Arm, BinaryResult, LabelFromMarker, ProtocolDocument } from '@sidemark/core/contract';
import { classSizes, type CommonSet } from '../common-set.ts';
import type { Cells, Curve } from '../curves.ts';
import type { Withheld } from '../disclosure/withheld.ts';
import {
  boundLogit,
  calibrationEquations,
  calibrationFigures,
  calibrationsAskOfOne,
  calibrationTellsOfFew,
} from './calibration-figures.ts';
import { EquationBudget, type Equations } from './equation-budget.ts';
import { Crowd, type Partition, ShownPartitions } from './partitions.ts';
import { labelFromMarker } from './label-from-marker.ts';
import { type ArmsCorrect, askedPairs, type PairOfArms, pairedCorrectness } from './paired-correctness.ts';
import { markerReliance } from './reliance.ts';
import { coarserDivisions, divideGrid, type GridDivision, scoreGrid } from './score-grid.ts';
import { strataOf } from './strata.ts';

/** By id of the classifier in the protocol. */
export type FineFigures = ReadonlyMap<
  string,
  Pick<BinaryResult, 'grid' | 'calibration' | 'reliance' | 'strata'>
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
  readonly protocol: ProtocolDocument;
  /** fold of each image's patient, from 0 */
  readonly folds: readonly number[];
  /** is the label to be found from the markers on these rows? */
  readonly asksMarkers: boolean;
  readonly floor: number;
  /** number of labels, by id of the classifier */
  readonly classes: ReadonlyMap<string, number>;
}

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const tooMany = { kind: 'not-estimable', reason: 'too-many-figures' } as const;

interface Sink {
  readonly shown: ShownPartitions;
  readonly budget: EquationBudget;
}

export interface Fine {
  readonly figures: FineFigures;
  /** of the multi-class classifiers */
  readonly armsCorrect: ArmsCorrect;
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
  const pairs = askedPairs(cells.curves);
  const correctFirst = pairs.first.map((pair) => correctOf(pair, parts, sink));
  const reliance = new Map(ids.map((id) => [id, relianceOf(id, binary, parts, sink)]));
  const byArm = new Map<Curve, ArmFigures>();
  for (const arm of parts.protocol.arms)
    for (const curve of binary.filter((one) => one.arm === arm)) {
      const before = [...byArm.values()].flatMap(({ logits }) => (logits ? [logits] : []));
      byArm.set(curve, armFigures(curve, before, parts, sink));
    }
  const calibrated = [...byArm].flatMap(([{ classifier, arm }, { logits }]) =>
    logits ? [{ classifier, arm, logits }] : [],
  );
  const ofOne = calibrationsAskOfOne(
    calibrated.map(({ logits }) => logits),
    cells.patients,
    floor,
  );
  const open = binary.filter((curve) => !withheld.auc(curve));
  const { labels, rows } = set;
  const strata = strataOf({ rows, labels, folds: parts.folds, curves: open }, sink.shown, sink.budget);
  const correctOthers = pairs.others.map((pair) => correctOf(pair, parts, sink));
  const figures = ids.map((id) => {
    const own = binary.filter(({ classifier }) => classifier === id);
    const change = reliance.get(id);
    const of = strata.map(({ aucs, ...stratum }) => {
      const at = (curve: Curve): (typeof aucs)[number] =>
        aucs[open.indexOf(curve)] ?? { auc: tooFew, variance: tooFew };
      return {
        ...stratum,
        auc: own.map((curve) => at(curve).auc),
        variance: own.map((curve) => at(curve).variance),
      };
    });
    const entry = {
      grid: own.map((curve) => byArm.get(curve)!.grid),
      calibration: own.map((curve) => {
        const { calibration } = byArm.get(curve)!;
        return ofOne && calibration.kind === 'calibration' ? tooFew : calibration;
      }),
      ...(change ? { reliance: change } : {}),
      ...(of.length > 0 ? { strata: of } : {}),
    };
    return [id, entry] as const;
  });
  const facts = {
    partitions: sink.shown.all.slice(decided.length),
    calibrated: ofOne ? [] : calibrated,
    equations: sink.budget.taken,
  };
  return {
    figures: new Map(figures),
    armsCorrect: [...correctFirst, ...correctOthers],
    labelFromMarker: ofMarkers,
    facts,
  };
}

function correctOf(
  pair: PairOfArms,
  { set, classes }: FineParts,
  { shown, budget }: Sink,
): ArmsCorrect[number] {
  const { classifier, arm: a } = pair.a;
  const correct = pairedCorrectness(pair, set, classes.get(classifier)!, shown, budget);
  return { classifier, a, b: pair.b.arm, correct };
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

interface ArmFigures {
  readonly calibration: NonNullable<BinaryResult['calibration']>[number];
  readonly grid: NonNullable<BinaryResult['grid']>[number];
  /** bounded, where the calibration is shown */
  readonly logits?: readonly number[];
}

/** @param before bounded logits of the calibrations that are shown */
function armFigures(
  curve: Curve,
  before: readonly (readonly number[])[],
  { set: { labels }, cells: { patients }, withheld, floor }: FineParts,
  sink: Sink,
): ArmFigures {
  const logits = curve.values.map(boundLogit);
  const few = withheld.auc(curve) || calibrationTellsOfFew(logits, before, patients, floor);
  const known = before.some((other) => other.every((one, row) => one === logits[row]));
  const calibrated =
    !few && (known || sink.budget.take(calibrationEquations, `calibration ${logits.join()}`));
  return {
    calibration: calibrated ? calibrationFigures(logits, labels, patients) : few ? tooFew : tooMany,
    grid: gridOf(curve, labels, withheld, sink),
    ...(calibrated ? { logits } : {}),
  };
}

function gridOf(
  curve: Curve,
  labels: readonly (0 | 1)[],
  withheld: Withheld,
  { shown, budget }: Sink,
): ArmFigures['grid'] {
  const decided = withheld.decisions(curve) ? undefined : curve.positive;
  const finest = divideGrid(curve.values, labels, shown.crowd, decided);
  if (!finest) return tooFew;
  // an arm that is the same on every film tells nothing new
  const isKnown = ({ partition }: GridDivision): boolean =>
    shown.all.some((other) => other.every((cell, row) => cell === partition[row]));
  const division = coarserDivisions(finest).find((one) => isKnown(one) || !shown.nearlyMeets(one.partition));
  if (!division) return tooFew;
  const { partition, ends } = division;
  if (!isKnown(division)) {
    if (!budget.take(ends.length - 1, partition.join())) return tooMany;
    shown.add(partition);
  }
  return scoreGrid(division, curve.values, labels);
}
