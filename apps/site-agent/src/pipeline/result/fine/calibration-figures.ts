// Calibration of one cell. Squared error and log loss are sums over patients of weight times label, like an AUC, but the
// weights are the probabilities themselves: a few patients of great weight would be read off, so they are looked for.
import type { Calibration } from '@sidemark/core/contract';
import {
  calibration,
  disclosedMoments,
  disclosedValue,
  disclosedVariance,
  type Estimate,
  estimate,
  expit,
  type LogitCoefficient,
  mapEstimate,
} from '@sidemark/core/stats';
import { largestShare, mostShare } from '../../../egress/scrutiny/concentration.ts';
import { isTooFew } from '../../../policy/floors.ts';
import { patientsWhere } from '../disclosure/patients-where.ts';

/** Logits beyond count as this: a probability of 0.0001. */
const FARTHEST = Math.log(0.9999 / 0.0001);

/** Equations about the labels in the figures of one cell: by probability, and by logit. */
export const calibrationEquations = 2;

export const boundLogit = (logit: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, logit));

/** Both weights of every patient. @param logits bounded */
function weightsOf(logits: readonly number[]): number[][] {
  return [logits.map(expit), [...logits]];
}

/** Fewer patients than the floor hold nine tenths of the squares, or one a quarter of them. @param weights parallel to patients */
function restsOnFew(weights: readonly number[], patients: readonly number[], floor: number): boolean {
  const mean = weights.reduce((sum, one) => sum + one, 0) / weights.length;
  const own = new Map<number, number>();
  weights.forEach((one, row) => own.set(patients[row]!, (own.get(patients[row]!) ?? 0) + (one - mean) ** 2));
  const shares = [...own.values()].sort((a, b) => b - a);
  const all = shares.reduce((sum, one) => sum + one, 0);
  const few = shares.slice(0, floor - 1).reduce((sum, one) => sum + one, 0);
  return all > 0 && (few >= 0.9 * all || shares[0]! > mostShare * all);
}

/** Would the figures of the cell, beside those that are shown, tell of a few? Looks at scores alone. @param logits bounded */
export function calibrationTellsOfFew(
  logits: readonly number[],
  shown: readonly (readonly number[])[],
  patients: readonly number[],
  floor: number,
): boolean {
  if (floor <= 1) return false;
  if (weightsOf(logits).some((weights) => restsOnFew(weights, patients, floor))) return true;
  return shown.some((other) => {
    const differing = patientsWhere(patients, (row) => logits[row] !== other[row]);
    if (differing === 0) return false;
    if (isTooFew(differing, floor)) return true;
    const [now, then] = [weightsOf(logits), weightsOf(other)];
    return now.some((weights, of) =>
      restsOnFew(
        weights.map((one, row) => one - then[of]![row]!),
        patients,
        floor,
      ),
    );
  });
}

/** Would all of them together be a question about one patient? O(patients x cells^2). @param shown bounded logits, cell by cell */
export function calibrationsAskOfOne(
  shown: readonly (readonly number[])[],
  patients: readonly number[],
  floor: number,
): boolean {
  if (floor <= 1 || shown.length === 0) return false;
  const curves = shown.map(weightsOf);
  return [0, 1].some(
    (of) =>
      largestShare(
        curves.map((weights) => centredOnRanks(weights[of]!)),
        patients,
      ) > mostShare,
  );
}

/** Shifted so that its mean is that of ranks, which `largestShare` takes away. */
function centredOnRanks(weights: readonly number[]): number[] {
  const mean = weights.reduce((sum, one) => sum + one, 0) / weights.length;
  return weights.map((one) => one - mean + (weights.length + 1) / 2);
}

/** @param logits bounded */
export function calibrationFigures(
  logits: readonly number[],
  labels: readonly (0 | 1)[],
  patients: readonly number[],
): Calibration {
  const probabilities = logits.map(expit);
  const films = { images: labels.length, patients: new Set(patients).size };
  const positives = labels.filter((label) => label === 1).length;
  const rows = { positives, negatives: labels.length - positives };
  const momentsOf = (values: readonly number[]): Extract<Calibration, { kind: 'calibration' }>['brier'] => {
    const found = disclosedMoments(values);
    if (found.kind !== 'estimate') return found;
    return { kind: 'moments', films, mean: found.value.mean, variance: found.value.variance };
  };
  const found = calibration(labels, probabilities);
  const inTheLarge = found.kind === 'estimate' ? found.value.inTheLarge : found;
  const slope = found.kind === 'estimate' ? found.value.slope : found;
  const coefficient = (of: Estimate<LogitCoefficient>): [Estimate, Estimate] => {
    const variance = mapEstimate(of, ({ se }) => se * se);
    const value = disclosedValue(
      mapEstimate(of, (one) => one.value),
      variance,
      rows,
    );
    return [value, disclosedVariance(variance)];
  };
  const [intercept, interceptVariance] = coefficient(within(inTheLarge, 50, 100));
  const [slopeValue, slopeVariance] = coefficient(within(slope, 1000, 1000));
  return {
    kind: 'calibration',
    predicted: momentsOf(probabilities),
    brier: momentsOf(labels.map((label, row) => (probabilities[row]! - label) ** 2)),
    logLoss: momentsOf(
      labels.map((label, row) => Math.log1p(Math.exp(label === 1 ? -logits[row]! : logits[row]!))),
    ),
    intercept,
    interceptVariance,
    slope: slopeValue,
    slopeVariance,
  };
}

/** A fit that ran away says nothing. */
function within(of: Estimate<LogitCoefficient>, most: number, mostError: number): Estimate<LogitCoefficient> {
  if (of.kind !== 'estimate') return of;
  const { value, se } = of.value;
  const said = Math.abs(value) <= most && se <= mostError;
  return said ? estimate(of.value) : { kind: 'not-estimable', reason: 'non-finite' };
}
