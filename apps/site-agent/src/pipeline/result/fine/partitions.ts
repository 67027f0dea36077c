// Figures that count patients by truth divide them first: by a grid of scores, by decisions, by what a hole does. Two
// divisions that are shown and nearly meet tell of the patients between them, so each is held against all before it.
import { isTooFew } from '../../../policy/floors.ts';
import { patientsWhere } from '../disclosure/patients-where.ts';

/** The cell of each image, from 0; parallel to the patients. Cells that stand side by side can be added up. */
export type Partition = readonly number[];

/** Whose images are divided. */
export class Crowd {
  /** most images of one patient */
  readonly #most: number;

  /** @param patients number of each image's. @param floor patients, >= 1 */
  constructor(
    readonly patients: readonly number[],
    readonly floor: number,
  ) {
    const images = new Map<number, number>();
    for (const patient of patients) images.set(patient, (images.get(patient) ?? 0) + 1);
    this.#most = Math.max(1, ...images.values());
  }

  /** Could so many images be of 1 to floor - 1 patients? */
  mayBeFew(images: number): boolean {
    return images > 0 && images < this.floor * this.#most;
  }

  /** 1 to floor - 1 patients? Looks at single rows only where their number leaves it open. @param images for which it holds */
  isFew(images: number, holds: (row: number) => boolean): boolean {
    if (!this.mayBeFew(images)) return false;
    return images < this.floor || isTooFew(patientsWhere(this.patients, holds), this.floor);
  }
}

/**
 * Do cells of a and cells of b, each a run of neighbours, differ on 1 to floor - 1 patients, as they are or all but these
 * for the complement? O(images + cells of a^2 x cells of b^2).
 */
export function nearlyMeet(a: Partition, b: Partition, crowd: Crowd): boolean {
  if (crowd.floor <= 1) return false;
  const [ofA, ofB] = [runsOf(a), runsOf(b)];
  const both = jointSums(a, b);
  const images = a.length;
  const sizesB = ofB.map((run) => rectangle(both, [0, both.length - 1], run));
  for (const [fromA, toA] of ofA) {
    const inA = rectangle(both, [fromA, toA], [0, both[0]!.length - 1]);
    for (const [at, [fromB, toB]] of ofB.entries()) {
      const apart = inA + sizesB[at]! - 2 * rectangle(both, [fromA, toA], [fromB, toB]);
      // most pairs are far from few: nothing is made for them
      if (!crowd.mayBeFew(apart) && !crowd.mayBeFew(images - apart)) continue;
      const differs = (row: number): boolean =>
        (a[row]! >= fromA && a[row]! < toA) !== (b[row]! >= fromB && b[row]! < toB);
      if (crowd.isFew(apart, differs) || crowd.isFew(images - apart, (row) => !differs(row))) return true;
    }
  }
  return false;
}

/** Divisions that are shown, in the order in which they came. */
export class ShownPartitions {
  readonly #shown: Partition[] = [];

  constructor(readonly crowd: Crowd) {}

  get all(): readonly Partition[] {
    return this.#shown;
  }

  nearlyMeets(partition: Partition): boolean {
    return this.#shown.some((other) => nearlyMeet(partition, other, this.crowd));
  }

  add(partition: Partition): void {
    this.#shown.push(partition);
  }
}

type Run = readonly [from: number, to: number];

/** Every run of neighbouring cells but the whole. */
function runsOf(partition: Partition): Run[] {
  const cells = cellsOf(partition);
  const all = Array.from({ length: cells }, (_, from) =>
    Array.from({ length: cells - from }, (__, i): Run => [from, from + 1 + i]),
  ).flat();
  return all.filter(([from, to]) => to - from < cells);
}

const cellsOf = (partition: Partition): number =>
  partition.reduce((most, cell) => Math.max(most, cell), 0) + 1;

/** sums[i][j]: images in the first i cells of a and the first j of b. */
function jointSums(a: Partition, b: Partition): number[][] {
  const sums = Array.from({ length: cellsOf(a) + 1 }, () => new Array<number>(cellsOf(b) + 1).fill(0));
  for (let row = 0; row < a.length; row++) sums[a[row]! + 1]![b[row]! + 1]!++;
  for (let i = 1; i < sums.length; i++)
    for (let j = 1; j < sums[i]!.length; j++)
      sums[i]![j]! += sums[i - 1]![j]! + sums[i]![j - 1]! - sums[i - 1]![j - 1]!;
  return sums;
}

function rectangle(sums: readonly (readonly number[])[], [r0, r1]: Run, [c0, c1]: Run): number {
  return sums[r1]![c1]! - sums[r0]![c1]! - sums[r1]![c0]! + sums[r0]![c0]!;
}
