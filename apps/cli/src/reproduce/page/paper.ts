// The sections that follow the paper: binary, three classes, multi-task, activation maps, folds.
import { medianSeed } from '../figures/goals.ts';
import type { OwnArm, PairedSeed } from '../figures/paired.ts';
import type { Reproduction } from '../figures/reproduction.ts';
import type { SeedFigures } from '../figures/seed.ts';
import { medianOf } from '../figures/sums.ts';
import type { RightTotals } from '../figures/answers/totals.ts';
import { TASKS, TRAINED } from '../recipes.ts';
import {
  accuracyText,
  image,
  meanText,
  nothing,
  pooledText,
  pText,
  rangedText,
  table,
  testedText,
  three,
} from './markdown.ts';

/** Kim et al. 2022, abstract; - where it says nothing. */
const published: Readonly<Record<string, readonly string[]>> = {
  original: ['0.911', '0.850', '0.723', '0.568'],
  inpainted: [nothing, nothing, '0.858', '0.677'],
  clipped: ['0.950', '0.900', nothing, nothing],
};

export function binarySection(all: Reproduction): string {
  const median = medianSeed(all.seeds);
  if (!median) return '';
  return [
    '## Two classes',
    `Each training on the arm that it was trained on. Ours is the median seed (seed ${median.seed} of ${all.seeds.length}: the one whose pooled external difference is the middle one); intervals of 95 %. The paper’s figures are those of its abstract, on patients; ours are of phantoms, so only directions can be compared.`,
    table(
      [
        ...['trained on', 'internal AUC', 'paper', 'internal accuracy', 'paper'],
        ...['external AUC', 'paper', 'external accuracy', 'paper'],
      ],
      median.binary.arms.map((arm) => ownRow(arm, published[arm.arm]!)),
    ),
    'Differences between arms. Internal: DeLong (1988), or Obuchowski (1997) where patients have several films. External: pooled over the sites. The paper gives p 0.006 for clipped against original (internal) and p < 0.001 for inpainted against original (external).',
    pairTable(median.binary),
    'Every seed, external, inpainted minus original:',
    seedTable(all.seeds),
    image('binary', 'AUC of each training on its own arm, every seed'),
    image('forest', 'Difference of inpainted and original at each way of pooling, every seed'),
    'McNemar’s test on correctness, exact: one training, its answers on the original films against those on the inpainted films (median seed; sites that may show their flips).',
    correctnessTable(median, 'binary'),
  ].join('\n\n');
}

function correctnessTable({ correctness }: SeedFigures, of: 'binary' | 'three-class'): string {
  const rows = correctness
    .filter(({ task }) => task === of)
    .map(({ arm, place, mcnemar }) =>
      mcnemar
        ? [
            ...[arm, place, `${mcnemar.becameRight}`, `${mcnemar.becameWrong}`],
            ...[pText(mcnemar.p), `${mcnemar.sites} of ${mcnemar.of}`],
          ]
        : [arm, place, 'withheld', 'withheld', nothing, nothing],
    );
  return table(['trained on', 'where', 'became right', 'became wrong', 'p', 'sites'], rows);
}

function trainingTable({ trainingPairs }: SeedFigures): string {
  const rows = trainingPairs.map(({ a, b, place, margins, correctness, totals }) => [
    ...[`${a} / ${b}`, place],
    margins ? `χ² ${margins.statistic.toFixed(1)}, df ${margins.df}, p ${pText(margins.p)}` : nothing,
    ...(correctness
      ? [
          `${correctness.becameRight} / ${correctness.becameWrong}`,
          `${pText(correctness.p)} (${correctness.sites} of ${correctness.of})`,
        ]
      : ['withheld', nothing]),
    ...totalsCells(totals),
  ]);
  return table(
    [
      ...['trainings', 'where', 'Stuart-Maxwell', 'right: first / second alone'],
      ...['McNemar p (sites)', 'right: first less second', 'p at most (sites)'],
    ],
    rows,
  );
}

function totalsTable({ threeClass }: SeedFigures): string {
  const rows = threeClass.flatMap(({ arm, totals }) =>
    (['internal', 'external'] as const).map((place) => [arm, place, ...totalsCells(totals[place])]),
  );
  return table(['trained on', 'where', 'right: inpainted less original', 'p at most (sites)'], rows);
}

function totalsCells(totals: RightTotals | null): string[] {
  if (!totals) return ['withheld', nothing];
  const { difference, moved, pAtMost, sites, of } = totals;
  const sign = difference < 0 ? '−' : '+';
  return [`${sign}${Math.abs(difference)} (${moved} moved)`, `${pText(pAtMost)} (${sites} of ${of})`];
}

function ownRow({ arm, auc, accuracy }: OwnArm, paper: readonly string[]): string[] {
  const [internalAuc, internalAccuracy, externalAuc, externalAccuracy] = paper;
  return [
    ...[arm, rangedText(auc.internal), internalAuc!, accuracyText(accuracy.internal), internalAccuracy!],
    ...[rangedText(auc.external), externalAuc!, accuracyText(accuracy.external), externalAccuracy!],
  ];
}

function pairTable({ pairs }: PairedSeed): string {
  return table(
    [
      'difference of AUC',
      'internal',
      'external: fixed effect',
      'DerSimonian-Laird',
      'floored Knapp-Hartung',
      'I²',
    ],
    pairs.map(({ a, b, internal, external }) => [
      `${a} minus ${b}`,
      testedText(internal),
      testedText(external?.fixedEffect ?? null),
      testedText(external?.derSimonianLaird ?? null),
      testedText(external?.flooredKnappHartung ?? null),
      external ? `${external.i2.toFixed(0)} %` : nothing,
    ]),
  );
}

function seedTable(seeds: readonly SeedFigures[]): string {
  return table(
    [
      'seed',
      'original',
      'inpainted',
      'clipped',
      'fixed effect',
      'DerSimonian-Laird',
      'floored Knapp-Hartung',
    ],
    seeds.map(({ seed, binary }) => {
      const external = binary.pairs[0]?.external ?? null;
      return [
        `${seed}`,
        ...TRAINED.map((arm) => three(binary.arms.find((one) => one.arm === arm)?.auc.external?.value)),
        testedText(external?.fixedEffect ?? null),
        testedText(external?.derSimonianLaird ?? null),
        testedText(external?.flooredKnappHartung ?? null),
      ];
    }),
  );
}

export function threeClassSection({ seeds }: Reproduction): string {
  const median = medianSeed(seeds);
  const rows = seeds.flatMap(({ seed, threeClass }) =>
    threeClass.map(({ arm, accuracy, stuartMaxwell }) => [
      ...[`${seed}`, arm, accuracyText(accuracy.internal), accuracyText(accuracy.external)],
      ...(['internal', 'external'] as const).map((place) => {
        const moved = stuartMaxwell[place];
        return moved
          ? `${moved.moved} of ${moved.films}; χ² ${moved.statistic.toFixed(1)}, df ${moved.df}, p ${pText(moved.p)}`
          : nothing;
      }),
    ]),
  );
  return [
    '## Three classes',
    'None, opacity, effusion: accuracy of each training on its own arm, and the Stuart-Maxwell test of each training’s answers on original against inpainted films (answers that moved; χ²). The test asks whether the classes are answered equally often; it says nothing of who is right. A site tells how many answers are right where no hidden cell of its table of truth and answer follows from it, and where 0 or at least 5 patients are wrong: accuracies rest on the sites named.',
    table(
      ['seed', 'trained on', 'internal accuracy', 'external accuracy', 'moved, internal', 'moved, external'],
      rows,
    ),
    'Two trainings, each on the films of its own arm (the paper’s comparison): Stuart-Maxwell on how often each class is answered, and who is right (median seed): McNemar’s test, exact, over the sites that may show it, and over those that tell their totals of right answers the difference with a bound of its p (difference²/moved is at most McNemar’s statistic).',
    median ? trainingTable(median) : '',
    'McNemar’s test on correctness, exact: one training, its answers on the original films against those on the inpainted films (median seed; sites that may show who is right on both).',
    median ? correctnessTable(median, 'three-class') : '',
    'The same over the sites that tell their totals of right answers:',
    median ? totalsTable(median) : '',
    image('three-class', 'Accuracy with three classes, every seed'),
  ].join('\n\n');
}

export function multiTaskSection({ seeds }: Reproduction): string {
  const rows = seeds.flatMap(({ seed, multiTask, dice }) =>
    multiTask.arms.map(({ arm, auc }) => {
      const own = dice.find((one) => one.arm === arm)?.dice;
      return [
        ...[`${seed}`, arm, three(auc.internal?.value), three(auc.external?.value)],
        ...[meanText(own?.internal ?? null), meanText(own?.external ?? null)],
      ];
    }),
  );
  const pairs = seeds.map(({ seed, multiTask }) => {
    const external = multiTask.pairs[0]?.external ?? null;
    return [`${seed}`, pooledText(external), testedText(external?.flooredKnappHartung ?? null)];
  });
  return [
    '## Segmentation and classes together',
    'Multi-task trainings, each on its own arm: AUC of the class, and the mean Dice of the lesion’s outline over films.',
    table(['seed', 'trained on', 'internal AUC', 'external AUC', 'internal Dice', 'external Dice'], rows),
    'Inpainted minus original, AUC, external sites:',
    table(['seed', 'DerSimonian-Laird', 'floored Knapp-Hartung'], pairs),
    image('multi-task', 'Dice of each training on its own arm, every seed'),
  ].join('\n\n');
}

export function mapSection({ seeds }: Reproduction): string {
  const rows = TASKS.flatMap((task) =>
    TRAINED.flatMap((arm) =>
      (['internal', 'external'] as const).map((place) => {
        const found = seeds.flatMap(({ maps }) =>
          maps.filter((one) => one.task === task && one.arm === arm && one.place === place),
        );
        const middle = (of: 'marker' | 'lesion' | 'elsewhere'): string =>
          three(medianOf(found.map((one) => one[of]?.mean)));
        return [task, arm, place, middle('marker'), middle('lesion'), middle('elsewhere')];
      }),
    ),
  );
  return [
    '## Where the activation maps lie',
    'Share of the positive mass of the class activation maps (equal to Grad-CAM for these networks), each training on its own arm, median of the seeds. The marker is that of the original film on every arm; its share is a mean over films with one, that of the lesion over films with one, that of elsewhere over all: the three need not add up to 1.',
    table(['task', 'trained on', 'where', 'marker', 'lesion', 'elsewhere'], rows),
    image('maps', 'Share of the mass of activation maps in markers and lesions'),
  ].join('\n\n');
}

export function foldSection({ folds }: Reproduction): string {
  const rows = folds.map(({ arm, site, place, folds: values, mean, sd }) => [
    ...[arm, site, place, ...values.map(three), three(mean), three(sd)],
  ]);
  const counts = folds[0]?.folds.length ?? 0;
  return [
    '## Five folds',
    'Five trainings for each arm (seed 1), each with one fold of the training patients left out, all on the same films of a site, which were in no training. The standard deviation is of training alone: no interval, no test (Bengio & Grandvalet 2004).',
    table(
      [
        'trained on',
        'site',
        'where',
        ...Array.from({ length: counts }, (_, i) => `fold ${i + 1}`),
        'mean',
        'SD',
      ],
      rows,
    ),
    image('folds', 'AUC of the folds at each site'),
  ].join('\n\n');
}
