import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Arm, BinaryResult, ReportResult } from '@sidemark/core/contract';
import { expit, scoreEdges } from '@sidemark/core/stats';
import { seededRandom } from '@sidemark/phantom';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import type { LocalModels } from '../../../models/local-model.ts';
import type { ImageOutcome } from '../../image/image-outcome.ts';
import { localClassifier, localDetector, localInpainter } from '../../test-support/tiny-models.ts';
import { temporaryFolder, tinyProtocol } from '../../test-support/tiny-study.ts';
import { buildResult, type Evaluated } from '../build-result.ts';

const FLOOR = 10;
const arms: Arm[] = ['original', 'inpainted', 'clipped', 'placebo'];

let models: LocalModels;
beforeAll(async () => {
  const folder = await temporaryFolder();
  models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [await localClassifier(folder)],
  };
});

interface Film {
  label: 0 | 1;
  marked: boolean;
  /** original, inpainted, placebo; clipped is as inpainted */
  logits: [number, number, number];
  row: Partial<DatasetRow>;
}

/** Markers are on most positive films and lift their logits by 1.5; a placebo moves a logit by a little. */
function films(count: number, seed = 'films'): Film[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i): Film => {
    const label = i % 2 === 0 ? 1 : 0;
    const marked = random.next() < (label === 1 ? 0.7 : 0.3);
    const base = (label === 1 ? 0.5 : -0.5) + 3 * (random.next() - 0.5);
    const original = base + (marked ? 1.5 : 0);
    const placebo = marked ? original + 0.4 * (random.next() - 0.5) : original;
    return {
      label,
      marked,
      logits: [original, base, placebo],
      row: {
        sex: random.next() < 0.5 ? 'F' : 'M',
        age: Math.floor(100 * random.next()),
        view: i < 12 ? 'AP' : 'PA',
      },
    };
  });
}

/** @param classifiers each sees the same with noise of its own */
function evaluated(given: readonly Film[], classifiers = 1): Evaluated {
  const random = seededRandom('classifiers');
  const noise = given.map(() => Array.from({ length: classifiers }, (_, k) => (k === 0 ? 0 : random.next())));
  const rows = given.map(({ label, row }, i): DatasetRow => ({
    path: `${i}`,
    sha256: `${i}`.padStart(64, '0'),
    patient: `p${i}`,
    label,
    ...row,
  }));
  const outcomes = given.map(({ logits: [o, x, p], marked }, i): ImageOutcome => ({
    kind: 'scored',
    scores: noise[i]!.map((more) => [[o + more], [x + more], [x + more], [p + more]]),
    inert: { inpainted: !marked, clipped: !marked, placebo: !marked },
    placebo: marked ? 'filled' : 'none',
    markers: { left: marked ? 1 : 0, right: 0, other: 0, needsReview: false },
  }));
  const [model] = models.classifiers;
  const named = noise[0]!.map((_, k) => ({
    ...model!,
    sha256: `${k}`.repeat(64),
    manifest: { ...model!.manifest, name: `c${k}` },
  }));
  const several = { ...models, classifiers: named };
  const protocol = tinyProtocol(several, { arms });
  return buildResult({
    protocol,
    models: several,
    rows,
    outcomes,
    floor: FLOOR,
    siteName: 'here',
    foldKey: 'key',
  });
}

function binaryOf({ classifiers: [first] }: ReportResult): BinaryResult {
  if (first?.kind !== 'binary') throw new Error('binary expected');
  return first;
}

const cellsOf = (grid: NonNullable<BinaryResult['grid']>[number]) => {
  if (grid.kind !== 'cells') throw new Error(`cells expected: ${grid.reason}`);
  return grid;
};

describe('the finer figures of a site of 400 patients', () => {
  let given: Film[];
  let found: BinaryResult;
  let result: ReportResult;
  beforeAll(() => {
    given = films(400);
    result = evaluated(given).result;
    found = binaryOf(result);
  });

  it('count both classes on the grid, in cells of nobody or of the floor', () => {
    const { cells } = cellsOf(found.grid![0]!);
    expect(cells.length).toBeGreaterThan(5);
    expect(cells.at(-1)!.upTo).toBe(scoreEdges.length + 1);
    for (const [at, cell] of cells.entries()) {
      const [from, to] = [cells[at - 1]?.upTo ?? 0, cell.upTo];
      const inside = given.filter(({ logits: [logit] }) => {
        return (
          (from === 0 || logit >= scoreEdges[from - 1]!) &&
          (to > scoreEdges.length || logit < scoreEdges[to - 1]!)
        );
      });
      expect(cell.positives).toBe(inside.filter(({ label }) => label === 1).length);
      expect(cell.negatives).toBe(inside.filter(({ label }) => label === 0).length);
      const mean = inside.reduce((sum, { logits: [logit] }) => sum + expit(logit), 0) / inside.length;
      expect(Math.abs(cell.predicted - mean)).toBeLessThan(0.01);
      for (const count of [cell.positives, cell.negatives]) expect(count === 0 || count >= FLOOR).toBe(true);
    }
  });

  it('let the decisions at the shipped threshold be no closer to an edge than the floor', () => {
    const { cells } = cellsOf(found.grid![0]!);
    const counts = found.decisions[0]!;
    if (counts.kind !== 'counts') throw new Error('counts expected');
    let [positives, negatives] = [0, 0];
    for (const cell of [...cells].reverse()) {
      positives += cell.positives;
      negatives += cell.negatives;
      for (const apart of [Math.abs(positives - counts.tp), Math.abs(negatives - counts.fp)])
        expect(apart === 0 || apart >= FLOOR).toBe(true);
    }
  });

  it('read the own threshold of the site off the shown cells', () => {
    const { cells, youden } = cellsOf(found.grid![0]!);
    const index = (from: number): number => {
      const above = cells.filter((_, at) => at >= from);
      const sum = (name: 'positives' | 'negatives', of = cells): number =>
        of.reduce((n, cell) => n + cell[name], 0);
      return sum('positives', above) / sum('positives') - sum('negatives', above) / sum('negatives');
    };
    const best = Math.max(...cells.slice(1).map((_, at) => index(at + 1)));
    const { from, tp, fp, tn, fn } = youden!;
    expect(cells.some(({ upTo }) => upTo === from)).toBe(true);
    expect(tp / (tp + fn) - fp / (fp + tn)).toBeCloseTo(best, 12);
  });

  it('give calibration near what the scores say', () => {
    const [original] = found.calibration!;
    if (original!.kind !== 'calibration') throw new Error('calibration expected');
    const p = given.map(({ logits: [logit] }) => expit(logit));
    const brier = given.reduce((sum, { label }, i) => sum + (p[i]! - label) ** 2, 0) / given.length;
    const { brier: said, slope, intercept } = original!;
    expect(said).toMatchObject({ kind: 'moments', films: { images: 400, patients: 400 } });
    expect(said.kind === 'moments' && Math.abs(said.mean - brier)).toBeLessThan(0.002);
    // markers lift the logits: too many positives are expected
    expect(intercept.kind === 'estimate' && intercept.value).toBeLessThan(-0.2);
    expect(slope.kind === 'estimate' && slope.value).toBeGreaterThan(0.5);
  });

  it('say how much hangs on the markers, and on a hole alone', () => {
    const { marker, placebo, difference } = found.reliance!;
    const marked = given.filter((film) => film.marked).length;
    expect(marker.change).toMatchObject({
      films: { images: marked, patients: marked },
      mean: 1.5,
      variance: 0,
    });
    expect(marker.bins).toEqual({ kind: 'cells', cells: [{ upTo: 15, images: marked }] });
    expect(placebo!.change.kind === 'moments' && Math.abs(placebo!.change.mean)).toBeLessThan(0.05);
    expect(difference!.kind === 'moments' && difference!.mean).toBeGreaterThan(1.3);
    const { flips } = marker;
    if (flips.kind !== 'counts') throw new Error('counts expected');
    const lost = given.filter(({ logits: [o, x], label }) => label === 1 && o >= 0 && x < 0).length;
    expect(flips.positives.toNegative).toBe(lost);
    expect(flips.positives.toPositive).toBe(0);
  });

  it('give strata that hold the floor, and none that follow by subtraction', () => {
    const strata = found.strata!;
    // 6 positive and 6 negative AP films are too few; PA would be all but these
    expect(strata.map(({ of }) => of)).not.toContain('view');
    const sexes = strata.filter(({ of }) => of === 'sex');
    expect(sexes.map(({ level }) => level)).toEqual(['female', 'male']);
    expect(sexes[0]!.positives.images + sexes[1]!.positives.images).toBe(200);
    expect(sexes[0]!.auc).toHaveLength(4);
    expect(sexes[0]!.auc[0]!.kind).toBe('estimate');
    for (const { positives, negatives } of strata) {
      expect(positives.patients).toBeGreaterThanOrEqual(FLOOR);
      expect(negatives.patients).toBeGreaterThanOrEqual(FLOOR);
    }
  });

  it('hold the covariance of all cells, as that of each classifier', () => {
    const [joint] = result.joint!;
    expect(joint!.cells.map(({ arm }) => arm)).toEqual(arms);
    joint!.covariance.forEach((line, a) => {
      expect(line).toHaveLength(a + 1);
      line.forEach((value, b) => {
        const one = found.covariance[a]![b]!;
        expect(value).toBe(one.kind === 'estimate' ? one.value : null);
      });
    });
  });

  it('find the label in the markers', () => {
    const { auc, folds } = result.labelFromMarker!;
    expect(folds).toBe(5);
    // 0.7 and 0.3 of the films have one: an AUC of 0.7
    expect(auc.kind === 'estimate' && Math.abs(auc.value - 0.7)).toBeLessThan(0.05);
    const blank = evaluated(films(400).map((film) => ({ ...film, marked: false }))).result;
    expect(blank.labelFromMarker!.auc).toEqual({ kind: 'estimate', value: 0.5 });
    expect(result.placebo).toEqual({ filled: given.filter(({ marked }) => marked).length, withoutPlace: 0 });
  });

  it('change with one label only where a label is counted', () => {
    const other = given.map((film, i) => (i === 100 ? { ...film, label: 0 as const } : film));
    const changed = evaluated(other).result;
    const now = binaryOf(changed);
    const withoutTruth = ({ reliance }: BinaryResult): unknown => ({
      marker: { ...reliance!.marker, flips: 0 },
      placebo: { ...reliance!.placebo!, flips: 0 },
      difference: reliance!.difference,
    });
    expect(withoutTruth(now)).toEqual(withoutTruth(found));
    expect(changed.placebo).toEqual(result.placebo);
    expect(changed.markers).toEqual(result.markers);
    expect(changed.inert).toEqual(result.inert);
    const moved = (of: BinaryResult, name: 'positives' | 'negatives'): number =>
      cellsOf(of.grid![0]!).cells.reduce((sum, cell) => sum + cell[name], 0);
    expect([moved(now, 'positives'), moved(now, 'negatives')]).toEqual([199, 201]);
    expect(now.positives.images).toBe(199);
    const predicted = (of: BinaryResult): unknown =>
      of.calibration![0]!.kind === 'calibration' && of.calibration![0]!.predicted;
    expect(predicted(now)).toEqual(predicted(found));
    expect(now.calibration).not.toEqual(found.calibration);
  });
});

describe('the finer figures of a small site', () => {
  it('stop where they would be more than half the patients of the smallest class', () => {
    const { result, facts } = evaluated(films(60), 4);
    const equations = facts[0]!.fine.equations.reduce((sum, { count }) => sum + count, 0);
    expect(equations).toBeLessThanOrEqual(15);
    expect(JSON.stringify(result)).toContain('too-many-figures');
    // what comes first is there
    expect(binaryOf(result).calibration![0]!.kind).toBe('calibration');
  });

  it('say nothing of a marker that few films have', () => {
    const few = films(400).map((film, i): Film => ({ ...film, marked: i < 9 }));
    const found = binaryOf(evaluated(few).result);
    const withheld = { kind: 'not-estimable', reason: 'too-few-affected' };
    expect(found.reliance!.marker).toEqual({
      change: withheld,
      size: withheld,
      bins: withheld,
      flips: withheld,
    });
  });
});

describe('a classifier made to tell of one patient', () => {
  const withheld = { kind: 'not-estimable', reason: 'too-few-affected' };

  it('gives no calibration when he carries the weight of it', () => {
    const random = seededRandom('weights');
    // all in an order of chance, and one far above: nothing to an AUC, everything to a squared error
    const given = films(400).map((film, i): Film => {
      const logit = i === 17 ? 8 : -9 + 1e-3 * random.next();
      return { ...film, logits: [logit, logit, logit] };
    });
    const found = binaryOf(evaluated(given).result);
    expect(found.auc[0]!.kind).toBe('estimate');
    expect(found.calibration![0]).toEqual(withheld);
  });

  it('gives no grid that differs on him from one that is shown', () => {
    const given = films(400).map((film, i): Film => {
      const [logit] = film.logits;
      // every film moves within its bin, one into the next
      const moved = i === 17 ? logit + 0.4 : logit + 1e-9 * (i % 7);
      return { ...film, logits: [logit, moved, logit] };
    });
    const found = binaryOf(evaluated(given).result);
    const below = (of: NonNullable<typeof found.grid>[number]): Map<number, string> => {
      let [positives, negatives] = [0, 0];
      return new Map(
        cellsOf(of).cells.map((cell) => {
          positives += cell.positives;
          negatives += cell.negatives;
          return [cell.upTo, `${positives} ${negatives}`];
        }),
      );
    };
    const [first, second] = found.grid!.map(below);
    expect(first!.size).toBeGreaterThan(second!.size);
    for (const [edge, counts] of second!) if (first!.has(edge)) expect(counts).toBe(first!.get(edge));
  });
});
