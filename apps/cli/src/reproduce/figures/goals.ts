// What the experiment was to show, fixed before the first run, and whether it did.
import type { SeedFigures } from './seed.ts';
import { medianOf } from './sums.ts';

export interface Goal {
  readonly goal: string;
  readonly met: boolean;
  readonly found: string;
}

const three = (x: number | null): string => (x === null ? 'not estimable' : x.toFixed(3));

export interface MedianSeed {
  readonly seed: number;
  readonly difference: number;
}

/** The training whose pooled external difference of inpainted and original is the middle one. */
export function medianSeed(seeds: readonly SeedFigures[]): SeedFigures | undefined {
  const middle = medianOf(seeds.map(differenceOf));
  return seeds.find((one) => differenceOf(one) === middle) ?? seeds[0];
}

/** Pooled over the external sites (DerSimonian-Laird), inpainted minus original. */
export const differenceOf = ({ binary }: SeedFigures): number | null =>
  binary.pairs[0]?.external?.derSimonianLaird.value ?? null;

export function goalsOf(seeds: readonly SeedFigures[]): Goal[] {
  const median = medianSeed(seeds);
  if (!median) return [];
  return [gapGoal(seeds), directionGoal(seeds), intervalGoal(median), hiddenGoal(seeds), mapGoal(seeds)];
}

function gapGoal(seeds: readonly SeedFigures[]): Goal {
  const gaps = seeds.map(({ binary }) => {
    const auc = (arm: string): number | undefined =>
      binary.arms.find((one) => one.arm === arm)?.auc.external?.value;
    const [inpainted, original] = [auc('inpainted'), auc('original')];
    return inpainted === undefined || original === undefined ? null : inpainted - original;
  });
  const middle = medianOf(gaps);
  return {
    goal: 'External AUC of trainings on original films lies at least 0.10 below that of trainings on inpainted films (median of the seeds)',
    met: middle !== null && middle >= 0.1,
    found: `${three(middle)} (seeds: ${gaps.map(three).join(', ')})`,
  };
}

function directionGoal(seeds: readonly SeedFigures[]): Goal {
  const differences = seeds.map(differenceOf);
  const above = differences.filter((one) => one !== null && one > 0).length;
  return {
    goal: 'The pooled external difference has this sign in every seed',
    met: above === seeds.length,
    found: `${above} of ${seeds.length} (${differences.map(three).join(', ')})`,
  };
}

function intervalGoal({ seed, binary }: SeedFigures): Goal {
  const tested = binary.pairs[0]?.external?.flooredKnappHartung ?? null;
  return {
    goal: 'For the median seed, the floored Knapp-Hartung 95 % interval of the pooled difference excludes 0',
    met: tested !== null && tested.lower > 0,
    found: tested
      ? `seed ${seed}: ${three(tested.value)} [${three(tested.lower)}, ${three(tested.upper)}]`
      : 'not estimable',
  };
}

function hiddenGoal(seeds: readonly SeedFigures[]): Goal {
  const gaps = seeds.map(({ binary }) => {
    const auc = (arm: string): number | undefined =>
      binary.arms.find((one) => one.arm === arm)?.auc.internal?.value;
    const [inpainted, original] = [auc('inpainted'), auc('original')];
    return inpainted === undefined || original === undefined ? null : original - inpainted;
  });
  const hidden = gaps.filter((one) => one !== null && one >= 0).length;
  return {
    goal: 'Internal AUC hides it: in every seed, original is there no worse than inpainted',
    met: hidden === seeds.length,
    found: `${hidden} of ${seeds.length} (original minus inpainted: ${gaps.map(three).join(', ')})`,
  };
}

function mapGoal(seeds: readonly SeedFigures[]): Goal {
  const shares = seeds.map(({ maps }) => {
    const share = (arm: string): number | undefined =>
      maps.find((one) => one.task === 'binary' && one.place === 'external' && one.arm === arm)?.marker?.mean;
    return { original: share('original'), inpainted: share('inpainted') };
  });
  const left = shares.filter(
    ({ original, inpainted }) => original !== undefined && inpainted !== undefined && inpainted < original,
  ).length;
  const middle = (of: 'original' | 'inpainted'): string => three(medianOf(shares.map((one) => one[of])));
  return {
    goal: 'The mass of the activation maps leaves the marker: in every seed, less of it for inpainted than for original (external sites)',
    met: left === seeds.length,
    found: `${left} of ${seeds.length} (medians: original ${middle('original')}, inpainted ${middle('inpainted')})`,
  };
}
