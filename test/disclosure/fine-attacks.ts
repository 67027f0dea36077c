// The same question put to the finer figures: grids of scores, calibration, strata, and what is upside down.
import type { BinaryResult, ReportResult } from '@sidemark/core/contract';
import type { Attack, Guess } from './attacks.ts';

const binaryOf = (result: ReportResult | undefined, classifier = 0): BinaryResult | undefined => {
  const figures = result?.classifiers[classifier];
  return figures?.kind === 'binary' ? figures : undefined;
};

/** Positives above each shown edge of the grid. */
function positivesAbove(figures: BinaryResult | undefined): Map<number, number> {
  const grid = figures?.grid?.[0];
  const above = new Map<number, number>();
  if (grid?.kind !== 'cells') return above;
  let sum = 0;
  for (const cell of [...grid.cells].reverse()) {
    above.set(cell.upTo, sum);
    sum += cell.positives;
  }
  return above;
}

const aucOf = (figures: BinaryResult | undefined): number | undefined => {
  const auc = figures?.auc[0];
  return auc?.kind === 'estimate' ? auc.value : undefined;
};

const all: Attack[] = [
  {
    family: 'grid',
    name: 'a classifier that has a bin for one patient',
    guess: async (hospital, target, random) => {
      const noise = new Map(hospital.all.patients.map((patient) => [patient, random.next()]));
      const score = (patient: number): number => (patient === target ? 7 : noise.get(patient)! - 0.5);
      const figures = binaryOf(
        await hospital.ask({ classifiers: [{ name: 'bin', threshold: -9, says: score }] }),
      );
      const grid = figures?.grid?.[0];
      const last = grid?.kind === 'cells' ? grid.cells.at(-1) : undefined;
      if (!last || last.positives + last.negatives !== 1) return undefined;
      return last.positives === 1 ? 1 : 0;
    },
  },
  {
    family: 'grid',
    name: 'two classifiers of which one patient changes the bin, and all others move within theirs',
    guess: async (hospital, target, random): Promise<Guess> => {
      const bin = new Map(hospital.all.patients.map((patient) => [patient, random.next() < 0.5 ? -1 : 1]));
      const ask = (side: number) => {
        const within = new Map(hospital.all.patients.map((patient) => [patient, 0.04 * random.next()]));
        return (patient: number): number =>
          (patient === target ? side : bin.get(patient)!) + within.get(patient)!;
      };
      const classifiers = [-1, 1].map((side) => ({ name: `side${side}`, threshold: -9, says: ask(side) }));
      const result = await hospital.ask({ classifiers });
      const [low, high] = [positivesAbove(binaryOf(result, 0)), positivesAbove(binaryOf(result, 1))];
      const edge = [...low.keys()].find((upTo) => high.has(upTo) && low.get(upTo)! > 0);
      if (edge === undefined) return undefined;
      return high.get(edge)! > low.get(edge)! ? 1 : 0;
    },
  },
  {
    family: 'calibration',
    name: 'a squared error in which one patient has all the weight',
    guess: async (hospital, target, random): Promise<Guess> => {
      const noise = new Map(hospital.all.patients.map((patient) => [patient, random.next()]));
      const score = (patient: number): number => (patient === target ? 9 : noise.get(patient)! - 12);
      const classifiers = [{ name: 'weight', threshold: -20, says: score }];
      const figures = binaryOf(await hospital.ask({ classifiers }));
      const calibration = figures?.calibration?.[0];
      if (calibration?.kind !== 'calibration' || calibration.brier.kind !== 'moments') return undefined;
      const { positives, negatives } = figures!;
      // every positive costs 1, but for him: right when he is one, wrong when he is none
      const expected = positives.images / (positives.images + negatives.images);
      return calibration.brier.mean < expected ? 1 : 0;
    },
  },
  {
    family: 'strata',
    name: 'noise outside of one sex, and in it a score for one patient alone',
    guess: async (hospital, target, random): Promise<Guess> => {
      const noise = new Map(hospital.all.patients.map((patient) => [patient, random.next()]));
      const score = (patient: number): number => {
        if (patient === target) return 0.6;
        return patient % 2 === target % 2 ? 0.5 : noise.get(patient)!;
      };
      const figures = binaryOf(
        await hospital.ask({ classifiers: [{ name: 'sex', threshold: -9, says: score }] }),
      );
      const level = target % 2 === 0 ? 'female' : 'male';
      const auc = figures?.strata?.find((one) => one.level === level)?.auc[0];
      if (auc?.kind !== 'estimate' || auc.value === 0.5) return undefined;
      return auc.value > 0.5 ? 1 : 0;
    },
  },
  {
    family: 'indicator',
    name: 'a twin upside down that differs on one patient',
    guess: async (hospital, target, random): Promise<Guess> => {
      const noise = new Map(hospital.all.patients.map((patient) => [patient, random.next()]));
      const classifiers = [
        {
          name: 'up',
          threshold: -9,
          says: (patient: number) => (patient === target ? 2 : noise.get(patient)!),
        },
        {
          name: 'down',
          threshold: -9,
          says: (patient: number) => (patient === target ? 2 : -noise.get(patient)!),
        },
      ];
      const result = await hospital.ask({ classifiers });
      const [up, down] = [aucOf(binaryOf(result, 0)), aucOf(binaryOf(result, 1))];
      if (up === undefined || down === undefined || up === 1 - down) return undefined;
      return up > 1 - down ? 1 : 0;
    },
  },
  {
    family: 'maps',
    name: 'how many are right, of two class models that differ on one patient',
    guess: async (hospital, target, random): Promise<Guess> => {
      const any = new Map(hospital.all.patients.map((patient) => [patient, Math.floor(3 * random.next())]));
      // a positive one is of class 1 or 2, by the number that the asker knows him by
      const classifiers = [1 + (target % 2), 0].map((answer) => ({
        name: `answers ${answer}`,
        classes: 3,
        says: (patient: number) => (patient === target ? answer : any.get(patient)!),
      }));
      const result = await hospital.ask({ classifiers });
      const [positive, negative] = [rightOf(result, 0), rightOf(result, 1)];
      if (positive === undefined || negative === undefined) return undefined;
      return positive > negative ? 1 : 0;
    },
  },
];

function rightOf(result: ReportResult | undefined, classifier: number): number | undefined {
  const figures = result?.classifiers[classifier];
  return figures?.kind === 'multiclass' ? (figures.right[0] ?? undefined) : undefined;
}

export const fineAttacks: readonly Attack[] = [...all];
