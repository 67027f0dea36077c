// Calibration and score grid of every binary classifier, arm by arm.
import type { Arm, BinaryResult, ProtocolDocument } from '@sidemark/core/contract';
import type { CommonSet } from '../common-set.ts';
import type { Cells, Curve } from '../curves.ts';
import type { Withheld } from '../disclosure/withheld.ts';
import {
  boundLogit,
  calibrationEquations,
  calibrationFigures,
  calibrationsAskOfOne,
  calibrationTellsOfFew,
} from './calibration-figures.ts';
import type { EquationBudget } from './equation-budget.ts';
import type { ShownPartitions } from './partitions.ts';
import { coarserDivisions, divideGrid, type GridDivision, scoreGrid } from './score-grid.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const tooMany = { kind: 'not-estimable', reason: 'too-many-figures' } as const;

/** What was shown so far, and what may still be told. */
export interface Sink {
  readonly shown: ShownPartitions;
  readonly budget: EquationBudget;
}

interface Asked {
  readonly set: CommonSet;
  readonly cells: Cells;
  readonly withheld: Withheld;
  readonly protocol: Pick<ProtocolDocument, 'arms'>;
  readonly floor: number;
}

interface CalibratedCurve {
  readonly classifier: string;
  readonly arm: Arm;
  /** bounded */
  readonly logits: readonly number[];
}

/** In the order of the arms, each classifier by classifier. Calibrations that ask of one patient together are all withheld. */
export function armFigures(
  binary: readonly Curve[],
  asked: Asked,
  sink: Sink,
): { byCurve: ReadonlyMap<Curve, ArmFigures>; calibrated: readonly CalibratedCurve[] } {
  const { protocol, cells, floor } = asked;
  const byCurve = new Map<Curve, ArmFigures>();
  for (const arm of protocol.arms)
    for (const curve of binary.filter((one) => one.arm === arm)) {
      const before = [...byCurve.values()].flatMap(({ logits }) => (logits ? [logits] : []));
      byCurve.set(curve, figuresOf(curve, before, asked, sink));
    }
  const calibrated = [...byCurve].flatMap(([{ classifier, arm }, { logits }]) =>
    logits ? [{ classifier, arm, logits }] : [],
  );
  const all = calibrated.map(({ logits }) => logits);
  if (!calibrationsAskOfOne(all, cells.patients, floor)) return { byCurve, calibrated };
  for (const [curve, { calibration, grid }] of byCurve)
    byCurve.set(curve, { grid, calibration: calibration.kind === 'calibration' ? tooFew : calibration });
  return { byCurve, calibrated: [] };
}

interface ArmFigures {
  readonly calibration: NonNullable<BinaryResult['calibration']>[number];
  readonly grid: NonNullable<BinaryResult['grid']>[number];
  /** bounded, where the calibration is shown */
  readonly logits?: readonly number[];
}

/** @param before bounded logits of the calibrations that are shown */
function figuresOf(
  curve: Curve,
  before: readonly (readonly number[])[],
  { set: { labels }, cells: { patients }, withheld, floor }: Asked,
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
