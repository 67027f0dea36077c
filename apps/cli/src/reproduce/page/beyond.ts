// The sections that go beyond the paper: each a figure and one sentence of what it shows and what it does not.
import { medianSeed } from '../figures/goals.ts';
import type { PooledDifference } from '../figures/pooling.ts';
import type { Reproduction } from '../figures/reproduction.ts';
import type { SeedFigures } from '../figures/seed.ts';
import { medianOf } from '../figures/sums.ts';
import { TRAINED } from '../recipes.ts';
import { image, nothing, rangedText, signed, table, testedText, three } from './markdown.ts';

export function matrixSection({ seeds }: Reproduction): string {
  const median = medianSeed(seeds);
  if (!median) return '';
  const arms = [...new Set(median.matrix.map(({ arm }) => arm))];
  const rows = TRAINED.map((trained) => [
    trained,
    ...arms.map((arm) => three(matrixMedian(seeds, trained, arm))),
  ]);
  return [
    '## Trainings by arms',
    'It shows what a training on one arm does with films of another, and so that the paper’s comparison (the diagonal) changes training and films at once; it does not say which of the cells a hospital would see, since a model is used with the films that it was made for. External AUC, median of the seeds.',
    table(['trained on', ...arms.map((arm) => `on ${arm}`)], rows),
    image('matrix', 'External AUC of every training on every arm'),
  ].join('\n\n');
}

export function matrixMedian(seeds: readonly SeedFigures[], trained: string, arm: string): number | null {
  return medianOf(
    seeds.map(
      ({ matrix }) => matrix.find((one) => one.trained === trained && one.arm === arm)?.external?.value,
    ),
  );
}

export function decompositionSection({ seeds }: Reproduction): string {
  const value = (pooled: PooledDifference | null): string =>
    pooled ? signed(pooled.derSimonianLaird.value) : nothing;
  const rows = seeds.map(({ seed, decomposition: { trained, test } }) => [
    ...[`${seed}`, value(trained.range), value(trained.shape), value(test.range), value(test.shape)],
  ]);
  return [
    '## Range and shape',
    'Clipped minus original is what the grey-scale range of a marker does, inpainted minus clipped what its shape does (external AUC, DerSimonian-Laird); it shows which of the two to fix here, and not that hospitals whose markers saturate less would find the same split. Left: three trainings, each on its own arm. Right: the training on original films alone, its films changed at the test.',
    table(['seed', 'range, trained', 'shape, trained', 'range, at test', 'shape, at test'], rows),
    image('decomposition', 'Range and shape, trained and at test'),
  ].join('\n\n');
}

export function relianceSection({ seeds }: Reproduction): string {
  const rows = TRAINED.flatMap((arm) =>
    (['internal', 'external'] as const).map((place) => {
      const found = seeds.flatMap(({ reliance }) =>
        reliance.filter((one) => one.arm === arm && one.place === place),
      );
      const middle = (of: 'marker' | 'placebo' | 'difference'): string =>
        three(medianOf(found.map((one) => one[of]?.mean)));
      return [arm, place, middle('marker'), middle('placebo'), middle('difference')];
    }),
  );
  const { filled, withoutPlace } = seeds[0]?.placebo ?? { filled: 0, withoutPlace: 0 };
  return [
    '## Reliance on markers, against a placebo',
    `It shows how far a logit moves when the markers of a film are filled, beside holes of the same shape where no marker is (${filled} films with a placebo, ${withoutPlace} without a legal place for one); it does not show in which direction the move is right. Mean size of the change over films with a marker, median of the seeds.`,
    table(['trained on', 'where', 'marker', 'placebo', 'marker minus placebo'], rows),
    image('reliance', 'Change of the logit by filled markers and by placebo holes'),
  ].join('\n\n');
}

export function thresholdSection({ seeds }: Reproduction): string {
  const rows = seeds.flatMap(({ seed, thresholds }) =>
    thresholds.map(({ arm, shipped, own, sites, of }) => [
      ...[
        `${seed}`,
        arm,
        three(shipped),
        three(own),
        shipped === null || own === null ? 'withheld' : signed(own - shipped),
        `${sites} of ${of}`,
      ],
    ]),
  );
  return [
    '## What the threshold loses on its way',
    'It shows how much of an external accuracy is the shipped threshold’s fault (the paper’s 0.677 beside an AUC of 0.858): accuracy there, and at the site’s own best edge of a fixed grid (Youden 1950), on the training’s own arm; it does not show what a site would reach that set its threshold on other films, since the edge was chosen on these.',
    table(['seed', 'trained on', 'shipped threshold', 'own threshold', 'lost', 'sites that show both'], rows),
    image('thresholds', 'Accuracy at the shipped and at the own threshold'),
  ].join('\n\n');
}

export function labelSection({ labelFromMarker }: Reproduction): string {
  const rows = labelFromMarker.map(({ site, place, auc, standardError, reason }) => [
    ...[site, place, reason ?? three(auc), three(standardError)],
  ]);
  return [
    '## The label from the marker alone',
    'It shows how much of the label a model can read off the detector’s boxes alone, cross-fitted by patient: the shortcut that a site offers; it does not show that a classifier takes it. Where nothing is to be found, cross-fitting on few films falls below 0.5.',
    table(['site', 'where', 'AUC', 'standard error'], rows),
    image('label', 'AUC of the label from marker features, by site'),
  ].join('\n\n');
}

export function fillSection({ fills }: Reproduction): string {
  const rows = fills.map(({ fill, auc, difference }) => [
    fill,
    rangedText(auc),
    testedText(difference?.derSimonianLaird ?? null),
    testedText(difference?.flooredKnappHartung ?? null),
  ]);
  return [
    '## Other ways to fill a hole',
    'It shows whether the effect needs the inpainter: the training on inpainted films (seed 1), its holes filled by the model, harmonically, with the median of the border, or with black; it does not show what trainings on films filled in those ways would do, since all were trained with the model’s fill.',
    table(['fill', 'external AUC', 'minus original: DerSimonian-Laird', 'floored Knapp-Hartung'], rows),
    image('fills', 'External AUC by the way holes are filled'),
  ].join('\n\n');
}

export function swapSection({ swap }: Reproduction): string {
  if (!swap) return '';
  const sites = swap.sites.map(({ arm, site, place, without, worst }) => [
    ...[arm, site, place, three(without), worst === null ? 'withheld' : three(worst)],
  ]);
  const arms = swap.arms.map(({ arm, place, flips, changes }) => [
    ...[arm, place],
    flips ? `${flips.changed} of ${flips.films} (${flips.sites} of ${flips.of} sites)` : 'withheld',
    ...changes.map(({ change }) => (change ? signed(change.mean) : nothing)),
  ]);
  const kinds = (swap.arms[0]?.changes ?? []).map(
    ({ letter, look }) => `${letter === 'left' ? 'L' : 'R'}, ${look}`,
  );
  return [
    '## Another marker in its place',
    `It shows what a marker alone can do to one training of each arm (seed 1): each of ${swap.glyphs} glyphs (L and R, as if burnt in and as if of lead, four corners, three sizes) is drawn in turn on the films whose markers were filled; worst is the AUC when every film bears the glyph, or none, that misleads most. It does not show what any hospital’s markers do, since no hospital chooses the worst one for each film.`,
    table(['trained on', 'site', 'where', 'AUC without', 'AUC at worst'], sites),
    'Decisions that some glyph changes, and the mean change of the logit by each kind of glyph over all films:',
    table(['trained on', 'where', 'decisions changed', ...kinds], arms),
    image('swap', 'AUC without markers and under the glyphs that mislead most'),
  ].join('\n\n');
}
