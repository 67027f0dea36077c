// How much of the label the markers alone give away at this site: a model of marker features and of nothing else, fitted
// on four folds of patients and tried on the fifth. 0.5: nothing.
import type { LabelFromMarker } from '@sidemark/core/contract';
import { crossFittedAuc, disclosedValue, disclosedVariance, notEstimable } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import type { ScoredImage } from '../../image/image-outcome.ts';
import { classSizes, type CommonSet } from '../common-set.ts';
import { patientFoldCount } from './patient-folds.ts';
import type { EquationBudget } from './equation-budget.ts';
import type { Partition, ShownPartitions } from './partitions.ts';

/** @param folds of the patient of each image of the set, from 0 */
export function labelFromMarker(
  set: CommonSet,
  folds: readonly number[],
  shown: ShownPartitions,
  budget: EquationBudget,
): LabelFromMarker {
  const { patients, floor } = shown.crowd;
  const { positives, negatives } = classSizes(set);
  const sizes = { positives, negatives, folds: patientFoldCount };
  const without = (reason: 'too-few-affected' | 'too-many-figures'): LabelFromMarker => {
    const none = notEstimable(reason);
    return { ...sizes, auc: none, variance: none };
  };
  if (isTooFew(positives.patients, floor) || isTooFew(negatives.patients, floor))
    return without('too-few-affected');
  const looks = commonLooks(set.images.map(looksOf), patients, floor);
  const names = [...new Set(looks.map((look) => look.join()))];
  const partition: Partition = looks.map((look) => names.indexOf(look.join()));
  if (shown.nearlyMeets(partition)) return without('too-few-affected');
  if (!budget.take(1, `markers ${partition.join()}`)) return without('too-many-figures');
  shown.add(partition);
  const features = looks[0]?.map((_, at) => looks.map((look) => look[at])) ?? [];
  const { auc, variance } = crossFittedAuc(features, set.labels, folds, patients);
  const rows = { positives: positives.images, negatives: negatives.images };
  return { ...sizes, auc: disclosedValue(auc, variance, rows), variance: disclosedVariance(variance) };
}

/** What the markers of a film are like, feature by feature; of several, the place and look of the largest. */
function looksOf({ markers: { left, right, other, needsReview }, census = [] }: ScoredImage): string[] {
  const few = (count: number): string => (count > 1 ? 'several' : String(count));
  const letters = [[left, right, other].map(few).join(' '), String(needsReview)];
  const [first, ...others] = census;
  if (!first) return [...letters, 'none', 'none', 'none', 'none'];
  const { x, y, look, size, intensity } = others.reduce(
    (best, next) => (next.size > best.size ? next : best),
    first,
  );
  const third = (at: number): number => Math.min(2, Math.floor(3 * at));
  return [
    ...letters,
    `${third(x)} ${third(y)}`,
    look,
    size < 0.03 ? 'small' : size < 0.06 ? 'middle' : 'large',
    intensity < 0.8 ? 'grey' : 'white',
  ];
}

/** A look of fewer patients than the floor counts as the commonest one: a detector that marks one patient finds nothing here. */
function commonLooks(
  looks: readonly (readonly string[])[],
  patients: readonly number[],
  floor: number,
): (readonly string[])[] {
  const of = new Map<string, Set<number>>();
  looks.forEach((look, row) => of.set(look.join(), (of.get(look.join()) ?? new Set()).add(patients[row]!)));
  const sizeOf = (look: readonly string[]): number => of.get(look.join())!.size;
  const commonest = looks.reduce<readonly string[]>(
    (best, look) => (best.length === 0 || sizeOf(look) > sizeOf(best) ? look : best),
    [],
  );
  return looks.map((look) => (isTooFew(sizeOf(look), floor) ? commonest : look));
}
