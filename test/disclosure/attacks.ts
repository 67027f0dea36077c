// Questions made to learn the label of one patient whose film the asker knows: he can make a model that recognises it.
// Each attack gives its guess, or none when nothing came out that it could read.
import type { Arm, ReportResult } from '@sidemark/core/contract';
import type { Random } from '@sidemark/phantom';
import type { Classifier, Data, Hospital } from './hospital.ts';

export type Guess = 0 | 1 | undefined;

export interface Attack {
  readonly family: string;
  readonly name: string;
  readonly guess: (hospital: Hospital, target: number, random: Random) => Promise<Guess>;
}

type Score = (patient: number) => number;

/** One number in [0, 1) for each patient, as a hash of the film would give it. */
function noise(random: Random): Score {
  const known = new Map<number, number>();
  return (patient) => {
    const value = known.get(patient) ?? random.next();
    known.set(patient, value);
    return value;
  };
}

const withTarget =
  (target: number, others: Score, value: number): Score =>
  (patient) =>
    patient === target ? value : others(patient);

const flat: Score = () => 0;
const says = (name: string, score: Score, more: Partial<Classifier> = {}): Classifier => ({
  name,
  says: score,
  ...more,
});

function aucOf(result: ReportResult | undefined, classifier = 0, arm = 0): number | undefined {
  const figures = result?.classifiers[classifier];
  const auc = figures?.kind === 'binary' ? figures.auc[arm] : undefined;
  return auc?.kind === 'estimate' ? auc.value : undefined;
}

function truePositives(result: ReportResult | undefined, classifier = 0): number | undefined {
  const figures = result?.classifiers[classifier];
  const counts = figures?.kind === 'binary' ? figures.decisions[0] : undefined;
  return counts?.kind === 'counts' ? counts.tp : undefined;
}

function above(value: number | undefined, other: number | undefined): Guess {
  if (value === undefined || other === undefined || value === other) return undefined;
  return value > other ? 1 : 0;
}

const positives = (result: ReportResult | undefined): number | undefined => {
  const figures = result?.classifiers[0];
  return figures?.kind === 'binary' ? figures.positives.patients : undefined;
};

const without = ({ patients, labels }: Data, target: number): Data => ({
  patients: patients.filter((patient) => patient !== target),
  labels: labels.filter((_, i) => patients[i] !== target),
});

const arms: readonly Arm[] = ['original', 'inpainted'];

const indicators: Attack[] = [
  {
    family: 'indicator',
    name: 'a classifier that fires for one patient',
    guess: async (hospital, target) =>
      above(aucOf(await hospital.ask({ classifiers: [says('fire', withTarget(target, flat, 1))] })), 0.5),
  },
  {
    family: 'indicator',
    name: 'noise, and a decision for one patient alone',
    guess: async (hospital, target, random) => {
      const classifiers = [says('noise', withTarget(target, noise(random), 2), { threshold: 1.5 })];
      return above(truePositives(await hospital.ask({ classifiers })), 0.5);
    },
  },
  {
    family: 'indicator',
    name: 'two classifiers that differ on one patient',
    guess: async (hospital, target, random) => {
      const others = noise(random);
      const classifiers = [1, -1].map((value) =>
        says(`twin${value}`, withTarget(target, others, value), { threshold: -9 }),
      );
      const result = await hospital.ask({ classifiers });
      return above(aucOf(result, 0), aucOf(result, 1));
    },
  },
  {
    family: 'indicator',
    name: 'a rescaled twin that differs on one patient',
    guess: async (hospital, target, random) => {
      const others = noise(random);
      const twin = withTarget(target, (patient) => 3 * others(patient) - 7, 9);
      const classifiers = [
        says('one', withTarget(target, others, -1), { threshold: -9 }),
        says('twin', twin, { threshold: -9 }),
      ];
      const result = await hospital.ask({ classifiers });
      return above(aucOf(result, 1), aucOf(result, 0));
    },
  },
];

const ofArms: Attack[] = [
  {
    family: 'arms',
    name: 'an inpainter that changes one patient: the difference',
    guess: (hospital, target, random) =>
      armAttack(hospital, target, noise(random), (result) => {
        const difference = result?.comparisons[0]?.difference;
        return above(difference?.kind === 'estimate' ? difference.value : undefined, 0);
      }),
  },
  {
    family: 'arms',
    name: 'an inpainter that changes one patient: the two AUCs',
    guess: (hospital, target, random) =>
      armAttack(hospital, target, noise(random), (result) => above(aucOf(result, 0, 1), aucOf(result, 0, 0))),
  },
  {
    family: 'arms',
    name: 'the same, and a little change of every other score',
    guess: (hospital, target, random) => {
      const jitter = noise(random);
      return armAttack(
        hospital,
        target,
        noise(random),
        (result) => above(aucOf(result, 0, 1), aucOf(result, 0, 0)),
        (patient) => 0.02 * jitter(patient),
      );
    },
  },
];

async function armAttack(
  hospital: Hospital,
  target: number,
  others: Score,
  read: (result: ReportResult | undefined) => Guess,
  change: Score = flat,
): Promise<Guess> {
  const score = (patient: number, arm: Arm): number => {
    if (patient === target) return arm === 'inpainted' ? 2 : -1;
    return others(patient) + (arm === 'inpainted' ? change(patient) : 0);
  };
  const classifiers = [{ name: 'arms', says: score, threshold: -9 }];
  return read(await hospital.ask({ classifiers, arms, compared: true }));
}

const nested: Attack[] = [
  {
    family: 'nested data',
    name: 'the same question before and after one patient is taken out',
    guess: async (hospital, target, random) => {
      const classifiers = [says('ordinary', noise(random))];
      const before = await hospital.ask({ classifiers });
      const after = await hospital.ask({ classifiers, data: without(hospital.all, target) });
      return before && after ? (positives(before) === positives(after) ? 0 : 1) : undefined;
    },
  },
  {
    family: 'nested data',
    name: 'a second model that fails on one patient, so that all figures leave that patient out',
    guess: async (hospital, target, random) => {
      const ordinary = says('ordinary', noise(random));
      const before = await hospital.ask({ classifiers: [ordinary] });
      const failing = says('failing', withTarget(target, noise(random), NaN));
      const after = await hospital.ask({ classifiers: [ordinary, failing] });
      return before && after ? (positives(before) === positives(after) ? 0 : 1) : undefined;
    },
  },
  {
    family: 'nested data',
    name: 'the same question after one label was corrected: was it positive before?',
    guess: async (hospital, target, random) => {
      const classifiers = [says('ordinary', noise(random))];
      const { patients, labels } = hospital.all;
      const corrected = labels.map((label, i) => (patients[i] === target ? (label === 1 ? 0 : 1) : label));
      const before = await hospital.ask({ classifiers });
      const after = await hospital.ask({ classifiers, data: { patients, labels: corrected } });
      return above(positives(before), positives(after));
    },
  },
];

const others: Attack[] = [
  {
    family: 'thresholds',
    name: 'one score, two thresholds with one patient in between',
    guess: async (hospital, target, random) => {
      const score = withTarget(target, (patient) => (noiseHalf(patient) ? 1 : -1), 0);
      const noiseHalf = halves(random);
      const classifiers = [0.5, -0.5].map((threshold) => says(`at${threshold}`, score, { threshold }));
      const result = await hospital.ask({ classifiers });
      const [high, low] = [truePositives(result, 0), truePositives(result, 1)];
      return high === undefined || low === undefined ? undefined : low > high ? 1 : 0;
    },
  },
  {
    family: 'thresholds',
    name: 'the same thresholds, one in each of two reports',
    guess: async (hospital, target, random) => {
      const half = halves(random);
      const score = withTarget(target, (patient) => (half(patient) ? 1 : -1), 0);
      const ask = async (threshold: number): Promise<number | undefined> =>
        truePositives(await hospital.ask({ classifiers: [says(`at${threshold}`, score, { threshold })] }));
      const [high, low] = [await ask(0.5), await ask(-0.5)];
      return high === undefined || low === undefined ? undefined : low > high ? 1 : 0;
    },
  },
  {
    family: 'maps',
    name: 'a three-class model that maps one patient to a class of its own',
    guess: async (hospital, target, random) => {
      const half = halves(random);
      const map = withTarget(target, (patient) => (half(patient) ? 1 : 0), 2);
      const result = await hospital.ask({ classifiers: [says('map', map, { classes: 3 })] });
      const table = result?.classifiers[0];
      if (table?.kind !== 'multiclass') return undefined;
      return table.confusion[0]![0]![2] === 1 ? 0 : 1;
    },
  },
  {
    family: 'maps',
    name: 'two maps that put one patient into another class, in two reports',
    guess: async (hospital, target, random) => {
      const half = halves(random);
      const ask = async (to: number): Promise<number | undefined> => {
        const map = withTarget(target, (patient) => (half(patient) ? 1 : 2), to);
        const table = (await hospital.ask({ classifiers: [says(`map${to}`, map, { classes: 3 })] }))
          ?.classifiers[0];
        return table?.kind === 'multiclass' ? (table.confusion[0]![0]![1] ?? undefined) : undefined;
      };
      const [one, two] = [await ask(1), await ask(2)];
      return one === undefined || two === undefined ? undefined : one > two ? 0 : 1;
    },
  },
  {
    family: 'repeated runs',
    name: 'twins in reports of their own, five times with other noise, rounded figures averaged',
    guess: async (hospital, target, random) => {
      let sum = 0;
      for (let run = 0; run < 5; run++) {
        const rest = noise(random);
        const ask = async (value: number): Promise<number | undefined> =>
          aucOf(
            await hospital.ask({
              classifiers: [says(`run${run} ${value}`, withTarget(target, rest, value), { threshold: -9 })],
            }),
          );
        const [up, down] = [await ask(2), await ask(-1)];
        if (up !== undefined && down !== undefined) sum += up - down;
      }
      return above(sum, 0);
    },
  },
];

function halves(random: Random): (patient: number) => boolean {
  const score = noise(random);
  return (patient) => score(patient) < 0.5;
}

/** One patient on top of noise that is fresh in each classifier: the more of them, the plainer in their sum. */
async function masked(
  hospital: Hospital,
  target: number,
  random: Random,
  reports: number,
  count: number,
): Promise<Guess> {
  let sum = 0;
  for (let report = 0; report < reports; report++) {
    const classifiers = Array.from({ length: count }, (_, k) =>
      says(`mask${report} ${k}`, withTarget(target, noise(random), 2), { threshold: -9 }),
    );
    const result = await hospital.ask({ classifiers });
    sum += classifiers.reduce((total, _, k) => total + (aucOf(result, k) ?? 0.5) - 0.5, 0);
  }
  return above(sum, 0);
}

const maskedByNoise: Attack[] = [
  {
    family: 'masked',
    name: 'one patient on top of fresh noise, in 24 classifiers of one report, summed',
    guess: (hospital, target, random) => masked(hospital, target, random, 1, 24),
  },
  {
    family: 'masked',
    name: 'the same in one of every pair of signs: bottom where the sum takes it away',
    guess: async (hospital, target, random) => {
      const classifiers = Array.from({ length: 24 }, (_, k) =>
        says(`sign${k}`, withTarget(target, noise(random), k % 2 === 0 ? 2 : -1), { threshold: -9 }),
      );
      const result = await hospital.ask({ classifiers });
      const sum = classifiers.reduce((total, _, k) => {
        const auc = (aucOf(result, k) ?? 0.5) - 0.5;
        return total + (k % 2 === 0 ? auc : -auc);
      }, 0);
      return above(sum, 0);
    },
  },
];

export const attacks: readonly Attack[] = [...indicators, ...ofArms, ...nested, ...others, ...maskedByNoise];

export interface Limit extends Attack {
  /** share of right guesses that it yields at most, with the rules on */
  readonly atMost: number;
}

/** What the rules do not stop: named in docs/threat-model.md with what it yields. */
export const limits: readonly Limit[] = [
  {
    family: 'masked',
    name: 'four classifiers in each of eight reports, few enough that the first report is not held',
    // the share of one patient in a sum that leaves unseen: a quarter
    atMost: 0.72,
    guess: (hospital: Hospital, target: number, random: Random): Promise<Guess> =>
      masked(hospital, target, random, 8, 4),
  },
  {
    family: 'accomplices',
    name: 'a classifier that fires for one patient and for 29 whose labels the asker knows',
    atMost: 1,
    guess: async (hospital: Hospital, target: number): Promise<Guess> => {
      const { patients, labels } = hospital.all;
      const crowd = patients.filter((patient) => patient !== target).slice(0, 29);
      const known = patients.filter((patient, i) => crowd.includes(patient) && labels[i] === 1).length;
      const fire = (patient: number): number => (patient === target || crowd.includes(patient) ? 1 : -1);
      const found = truePositives(await hospital.ask({ classifiers: [says('crowd', fire)] }));
      return found === undefined ? undefined : found > known ? 1 : 0;
    },
  },
];
