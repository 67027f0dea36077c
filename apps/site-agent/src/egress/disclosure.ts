// Does a report keep to the floor? Every class of every classifier and comparison, and every mean over films, holds
// `floor` patients or more.
import type { Report, ReportResult, ShareMoments } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import { isTooFew } from '../policy/floors.ts';

type Classifier = ReportResult['classifiers'][number];

type Size = { readonly patients: number };

/** Sizes of the classes behind a classifier's figures; none when they were withheld. */
export function classSizesOf(classifier: Classifier): readonly Size[] {
  switch (classifier.kind) {
    case 'binary':
      return [classifier.positives, classifier.negatives];
    case 'multiclass':
      return classifier.classes;
    case 'withheld':
      return [];
  }
}

/** Films behind each mean over films. */
function filmsOf(classifier: Classifier): Size[] {
  if (classifier.kind === 'withheld') return [];
  const segmentation = classifier.kind === 'binary' ? classifier.segmentation : undefined;
  const { marker = [], lesion = [], elsewhere = [] } = classifier.cam ?? {};
  const differences = segmentation?.differences.map((one) => one.dice) ?? [];
  const means = [...(segmentation?.dice ?? []), ...differences, ...marker, ...lesion, ...elsewhere];
  const all = [...means, ...fineMeansOf(classifier)];
  return all.flatMap((one) => (one.kind === 'moments' ? [one.films] : []));
}

function fineMeansOf(classifier: Exclude<Classifier, { kind: 'withheld' }>): ShareMoments[] {
  if (classifier.kind !== 'binary') return [];
  const { calibration = [], reliance } = classifier;
  const changes = reliance ? [reliance.marker, ...(reliance.placebo ? [reliance.placebo] : [])] : [];
  return [
    ...calibration.flatMap((one) =>
      one.kind === 'calibration' ? [one.predicted, one.brier, one.logLoss] : [],
    ),
    ...changes.flatMap(({ change, size }) => [change, size]),
    ...(classifier.swap?.changes ?? []).map(({ change }) => change),
    ...(reliance?.difference ? [reliance.difference] : []),
  ];
}

/** Counts by truth; images, of which there are as many as patients at least. */
function countsOf(classifier: Classifier): number[] {
  if (classifier.kind === 'withheld') return [];
  if (classifier.kind === 'multiclass')
    return [
      ...classifier.confusion.flat(2).filter((count) => count !== null),
      ...rightAndWrong(classifier),
      ...classifier.paired.flatMap(correctCounts),
    ];
  const { decisions, grid = [], reliance, swap, strata = [] } = classifier;
  const flips = [reliance?.marker, reliance?.placebo, swap].flatMap((one) =>
    one?.flips.kind === 'counts' ? [one.flips.positives, one.flips.negatives] : [],
  );
  return [
    ...decisions.flatMap((one) => (one.kind === 'counts' ? [one.tp, one.fp, one.tn, one.fn] : [])),
    ...grid.flatMap((one) =>
      one.kind === 'cells' ? one.cells.flatMap(({ positives, negatives }) => [positives, negatives]) : [],
    ),
    ...flips.flatMap(({ toPositive, toNegative, same }) => [toPositive, toNegative, same]),
    ...strata.flatMap(({ positives, negatives }) => [positives.patients, negatives.patients]),
  ];
}

type Multiclass = Extract<Classifier, { kind: 'multiclass' }>;
type ArmPair = Multiclass['paired'][number];

/** The wrong ones follow from the sizes of the classes. */
function rightAndWrong({ classes, right }: Multiclass): number[] {
  const films = classes.reduce((sum, { images }) => sum + images, 0);
  return right.flatMap((count) => (count === null ? [] : [count, films - count]));
}

/** Those wrong with one answer and with two follow from the table of answers. */
function correctCounts({ table, correct }: ArmPair): number[] {
  if (correct?.kind !== 'counts') return [];
  const { both, onlyA, onlyB } = correct;
  const same = table.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const moved = table.flat().reduce((sum, count) => sum + count, 0) - same;
  return [both, onlyA, onlyB, same - both, moved - onlyA - onlyB];
}

/** A cell of fewer films than the floor is of fewer patients; so is a mean over them. */
function smallCells({ census }: ReportResult, floor: number): boolean {
  if (!census) return false;
  const { letters, looks, map, size, intensity } = census;
  const cells = [...Object.values(letters), ...Object.values(looks), ...map.flat()];
  const means = [size, intensity].flatMap((one) => (one.kind === 'moments' ? [one.films.patients] : []));
  return [...cells, ...means].some((count) => count !== null && count > 0 && count < floor);
}

/** A comparison that says nothing rests on nobody. */
function comparedSizes({ positives, negatives, difference }: ReportResult['comparisons'][number]): Size[] {
  const absent = difference.kind === 'not-estimable' && positives.images + negatives.images === 0;
  return absent ? [] : [positives, negatives];
}

/**
 * What speaks against sending a report, in words for the local log; empty when nothing does.
 * @param expected what the job approved at this site is about.
 */
export function disclosureProblems(
  report: Report,
  floor: number,
  expected: { readonly job: string; readonly protocolDigest: string },
): string[] {
  const below = (sizes: readonly Size[]): boolean => sizes.some(({ patients }) => patients < floor);
  const { header, result, resultDigest } = report;
  const problems: string[] = [];
  if (header.job !== expected.job) problems.push('the report is about another job');
  if (header.protocolDigest !== expected.protocolDigest)
    problems.push('the report is about another protocol');
  if (digestOf(result) !== resultDigest) problems.push('the result digest does not fit the result');
  result.classifiers.forEach((classifier, i) => {
    if (below(classSizesOf(classifier)))
      problems.push(`classifier ${i + 1} has a class below ${floor} patients`);
    if (below(filmsOf(classifier)))
      problems.push(`classifier ${i + 1} has a mean over fewer than ${floor} patients`);
    if (countsOf(classifier).some((count) => isTooFew(count, floor)))
      problems.push(`classifier ${i + 1} has a count below ${floor} patients`);
  });
  if (result.inpainting?.kind === 'inpainted' && below([result.inpainting.films]))
    problems.push(`the figures of the inpainting rest on fewer than ${floor} patients`);
  if (smallCells(result, floor)) problems.push(`the census of markers has a cell below ${floor} patients`);
  if (result.classifiers.every(({ kind }) => kind === 'withheld'))
    problems.push(`no classifier has ${floor} patients in each class`);
  result.comparisons.forEach((comparison, i) => {
    if (below(comparedSizes(comparison)))
      problems.push(`comparison ${i + 1} has a class below ${floor} patients`);
  });
  return problems;
}
