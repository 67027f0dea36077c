// The AUCs of parts of the rows: by view, sex, age, maker of the machine, and by folds of patients. A part is shown where
// it and what is not shown beside it hold the floor in each class; which parts exist is of the dataset, not of labels' order.
import type { StratumLevel, StratumOf, StratumResult } from '@sidemark/core/contract';
import { aucClustered, aucDelong, disclosedValue, disclosedVariance } from '@sidemark/core/stats';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import { isTooFew } from '../../../policy/floors.ts';
import { keptCurves } from '../disclosure/kept-curves.ts';
import { sizeOf } from '../common-set.ts';
import { type Curve, orderOf } from '../curves.ts';
import type { EquationBudget } from './equation-budget.ts';
import type { ShownPartitions } from './partitions.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

export interface Divided {
  /** every list is parallel to the rows */
  readonly rows: readonly DatasetRow[];
  readonly labels: readonly (0 | 1)[];
  /** fold of each row's patient, from 0 */
  readonly folds: readonly number[];
  /** of binary classifiers, whose AUC over all rows is shown; each classifier arm by arm */
  readonly curves: readonly Curve[];
}

/** A part of the rows with the AUCs of each shown curve in it. */
export interface Stratum extends Pick<StratumResult, 'of' | 'level' | 'positives' | 'negatives'> {
  /** parallel to the curves */
  readonly aucs: readonly {
    auc: StratumResult['auc'][number];
    variance: StratumResult['variance'][number];
  }[];
}

/** One variable after another, each with all of its parts that may be shown or with none. */
export function strataOf(divided: Divided, shown: ShownPartitions, budget: EquationBudget): Stratum[] {
  if (divided.curves.length === 0) return [];
  return variables.flatMap(({ of, levelOf }) => {
    const levels = divided.rows.map((row, at) => levelOf(row, divided.folds[at]!));
    const parts = shownParts(levels, divided, shown.crowd.floor);
    // the whole is no part
    if (parts.length === 0 || (parts.length === 1 && levels.every((level) => level === parts[0]))) return [];
    const partitions = parts.map((part) => levels.map((level) => (level === part ? 1 : 0)));
    if (partitions.some((partition) => shown.nearlyMeets(partition))) return [];
    const key = [levels, ...divided.curves.map(({ order }) => order!.ranks)].join(';');
    if (!budget.take(parts.length * (1 + divided.curves.length), key)) return [];
    partitions.forEach((partition) => shown.add(partition));
    return parts.map((part) => stratum(of, part, levels, divided, shown));
  });
}

interface Variable {
  readonly of: StratumOf;
  readonly levelOf: (row: DatasetRow, fold: number) => StratumLevel | undefined;
}

const foldLevels = ['fold-1', 'fold-2', 'fold-3', 'fold-4', 'fold-5'] as const;

const variables: readonly Variable[] = [
  { of: 'view', levelOf: ({ view }) => view },
  { of: 'sex', levelOf: ({ sex }) => (sex === undefined ? undefined : sexOf(sex)) },
  { of: 'age', levelOf: ({ age }) => (age === undefined ? undefined : ageBand(age)) },
  { of: 'vendor', levelOf: ({ vendor }) => vendor },
  { of: 'fold', levelOf: (_, fold) => foldLevels[fold] },
];

function sexOf(text: string): StratumLevel | undefined {
  if (/^(f|female|w|woman)$/i.test(text.trim())) return 'female';
  return /^(m|male|man)$/i.test(text.trim()) ? 'male' : undefined;
}

/** @param age years */
function ageBand(age: number): StratumLevel {
  if (age < 18) return '0-17';
  if (age < 40) return '18-39';
  if (age < 60) return '40-59';
  return age < 80 ? '60-79' : '80+';
}

/** Levels of `floor` patients in each class; the smallest go until the rest is of as many in each class, or of nobody. */
function shownParts(
  levels: readonly (StratumLevel | undefined)[],
  { rows, labels }: Divided,
  floor: number,
): StratumLevel[] {
  const patients = (chosen: (level: StratumLevel | undefined) => boolean, label: 0 | 1): number =>
    sizeOf(rows.filter((_, at) => labels[at] === label && chosen(levels[at]))).patients;
  const both = [0, 1] as const;
  const smaller = (part: StratumLevel): number =>
    Math.min(...both.map((label) => patients((level) => level === part, label)));
  const known = [...new Set(levels)].filter((level) => level !== undefined).sort();
  let parts = known.filter((part) => smaller(part) >= Math.max(floor, 1));
  const restIsFew = (): boolean =>
    both.some((label) =>
      isTooFew(
        patients((level) => level === undefined || !parts.includes(level), label),
        floor,
      ),
    );
  while (parts.length > 0 && restIsFew()) {
    const least = parts.reduce((best, part) => (smaller(part) < smaller(best) ? part : best));
    parts = parts.filter((part) => part !== least);
  }
  return parts;
}

function stratum(
  of: StratumOf,
  part: StratumLevel,
  levels: readonly (StratumLevel | undefined)[],
  { rows, labels, curves }: Divided,
  { crowd: { patients, floor } }: ShownPartitions,
): Stratum {
  const chosen = levels.flatMap((level, at) => (level === part ? [at] : []));
  const pick = <T>(list: readonly T[]): T[] => chosen.map((at) => list[at]!);
  const among = pick(patients);
  const ofPart = pick(labels);
  const inPart = curves.map((curve): Curve => {
    const values = pick(curve.values);
    return { ...curve, values, order: orderOf(values) };
  });
  const kept = keptCurves(inPart, among, floor);
  const scores = inPart.map(({ values }) => [...values]);
  const clustered = new Set(among).size < among.length;
  const { auc, covariance } = clustered ? aucClustered(scores, ofPart, among) : aucDelong(scores, ofPart);
  const [positives, negatives] = ([1, 0] as const).map((label) =>
    sizeOf(pick(rows).filter((_, at) => ofPart[at] === label)),
  );
  const counts = { positives: positives!.images, negatives: negatives!.images };
  return {
    of,
    level: part,
    positives: positives!,
    negatives: negatives!,
    aucs: inPart.map((_, at) => ({
      auc: kept[at] ? tooFew : disclosedValue(auc[at]!, covariance[at]![at]!, counts),
      variance: kept[at] ? tooFew : disclosedVariance(covariance[at]![at]!),
    })),
  };
}
