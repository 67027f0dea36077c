// The figures of the page, by name: pure functions of what the JSON holds.
import { type Dot, dotChart, type DotRow } from '../charts/dot-chart.ts';
import { matrixChart } from '../charts/matrix-chart.ts';
import { shareChart } from '../charts/share-chart.ts';
import { COLOURS, type Series } from '../charts/svg.ts';
import type { PooledDifference } from '../figures/pooling.ts';
import type { Reproduction } from '../figures/reproduction.ts';
import type { SeedFigures } from '../figures/seed.ts';
import type { SwapFigures } from '../figures/swap.ts';
import { medianOf } from '../figures/sums.ts';
import { TRAINED } from '../recipes.ts';
import { matrixMedian } from './beyond.ts';

const PLACES = ['internal', 'external'] as const;

/** SVG by file name without its extension. */
export function figuresOf(all: Reproduction): Record<string, string> {
  const { seeds } = all;
  return {
    binary: ownArms(
      seeds,
      'AUC of each training on its own arm, every seed',
      'AUC',
      [0.4, 1],
      (one, arm, place) => one.binary.arms.find((own) => own.arm === arm)?.auc[place]?.value,
    ),
    forest: forest(seeds),
    'three-class': ownArms(
      seeds,
      'Three classes: accuracy on the own arm, every seed',
      'accuracy',
      [0, 1],
      accuracy,
    ),
    'multi-task': ownArms(
      seeds,
      'Dice of the outline on the own arm, every seed',
      'Dice',
      [0, 1],
      (one, arm, place) => one.dice.find((own) => own.arm === arm)?.dice[place]?.mean,
    ),
    maps: maps(seeds),
    folds: folds(all),
    matrix: matrix(seeds),
    decomposition: decomposition(seeds),
    reliance: reliance(seeds),
    thresholds: thresholds(seeds),
    label: label(all),
    fills: fills(all),
    ...(all.swap ? { swap: swap(all.swap) } : {}),
    ...(all.radiographs.length > 0 ? { radiographs: radiographs(all) } : {}),
  };
}

type Place = (typeof PLACES)[number];
type Own = (one: SeedFigures, arm: string, place: Place) => number | undefined;

function ownArms(
  seeds: readonly SeedFigures[],
  title: string,
  axis: string,
  domain: readonly [number, number],
  value: Own,
): string {
  const rows = PLACES.flatMap((place) =>
    TRAINED.map((arm): DotRow => ({
      label: `${place}, trained on ${arm}`,
      dots: seeds.map((one) => ({ series: arm, value: value(one, arm, place) ?? null })),
    })),
  );
  return dotChart({ title, axis, domain, rows, legend: TRAINED });
}

const accuracy: Own = (one, arm, place) => {
  const found = one.threeClass.find((own) => own.arm === arm)?.accuracy[place];
  return found ? found.correct / found.total : undefined;
};

const ranged = (
  series: Series,
  of: { value: number; lower: number | null; upper: number | null } | null,
): Dot => ({
  series,
  value: of?.value ?? null,
  lower: of?.lower ?? null,
  upper: of?.upper ?? null,
});

function forest(seeds: readonly SeedFigures[]): string {
  const rows = seeds.map(({ seed, binary }): DotRow => {
    const external = binary.pairs[0]?.external ?? null;
    return {
      label: `seed ${seed}`,
      dots: [
        ranged('original', external?.fixedEffect ?? null),
        ranged('clipped', external?.derSimonianLaird ?? null),
        ranged('inpainted', external?.flooredKnappHartung ?? null),
      ],
    };
  });
  const title = 'Inpainted minus original, external: fixed effect, DerSimonian-Laird, floored Knapp-Hartung';
  return dotChart({
    title,
    axis: 'difference of AUC, top to bottom as in the title',
    domain: [-0.2, 0.5],
    reference: 0,
    rows,
  });
}

function maps(seeds: readonly SeedFigures[]): string {
  const rows = PLACES.flatMap((place) =>
    TRAINED.map((arm) => {
      const found = seeds.flatMap((one) =>
        one.maps.filter((map) => map.task === 'binary' && map.arm === arm && map.place === place),
      );
      const middle = (of: 'marker' | 'lesion'): number | null => medianOf(found.map((one) => one[of]?.mean));
      return { label: `${place}, trained on ${arm}`, shares: [middle('marker'), middle('lesion')] };
    }),
  );
  const parts = [
    { name: 'marker', colour: COLOURS.original },
    { name: 'lesion', colour: COLOURS.inpainted },
  ];
  return shareChart({ title: 'Mass of the activation maps, binary, median of the seeds', parts, rows });
}

function folds({ folds: found }: Reproduction): string {
  const rows = found.map(({ arm, site, folds: values }): DotRow => ({
    label: `${site}, trained on ${arm}`,
    dots: values.map((value) => ({ series: arm as Series, value })),
  }));
  return dotChart({
    title: 'Five folds: AUC at each site',
    axis: 'AUC',
    domain: [0.4, 1],
    reference: 0.5,
    rows,
    legend: TRAINED,
  });
}

function matrix(seeds: readonly SeedFigures[]): string {
  const columns = [...new Set(seeds[0]?.matrix.map(({ arm }) => arm) ?? [])];
  const values = TRAINED.map((trained) => columns.map((arm) => matrixMedian(seeds, trained, arm)));
  return matrixChart({
    title: 'External AUC, median of the seeds; framed: the paper’s comparison',
    rows: TRAINED,
    columns,
    values,
  });
}

function decomposition(seeds: readonly SeedFigures[]): string {
  const row = (name: string, of: (one: SeedFigures) => PooledDifference | null, series: Series): DotRow => ({
    label: name,
    dots: seeds.map((one) => ({ series, value: of(one)?.derSimonianLaird.value ?? null })),
  });
  const rows = [
    row('range, own trainings', ({ decomposition: { trained } }) => trained.range, 'clipped'),
    row('shape, own trainings', ({ decomposition: { trained } }) => trained.shape, 'inpainted'),
    row('range, original at test', ({ decomposition: { test } }) => test.range, 'clipped'),
    row('shape, original at test', ({ decomposition: { test } }) => test.shape, 'inpainted'),
  ];
  return dotChart({
    title: 'Range and shape: external differences, every seed',
    axis: 'difference of AUC',
    domain: [-0.2, 0.4],
    reference: 0,
    rows,
  });
}

function reliance(seeds: readonly SeedFigures[]): string {
  const rows = PLACES.flatMap((place) =>
    TRAINED.flatMap((arm) =>
      (['marker', 'placebo'] as const).map((what): DotRow => ({
        label: `${place}, ${arm}: ${what}`,
        dots: seeds.map((one) => ({
          series: what === 'placebo' ? 'other' : arm,
          value: one.reliance.find((own) => own.arm === arm && own.place === place)?.[what]?.mean ?? null,
        })),
      })),
    ),
  );
  return dotChart({
    title: 'Size of the change of the logit; grey: placebo',
    axis: 'logit',
    domain: [0, 10],
    rows,
    legend: TRAINED,
  });
}

function thresholds(seeds: readonly SeedFigures[]): string {
  const rows = TRAINED.flatMap((arm) =>
    (['shipped', 'own'] as const).map((what): DotRow => ({
      label: `${arm}: ${what} threshold`,
      dots: seeds.map((one) => ({
        series: what === 'own' ? 'other' : arm,
        value: one.thresholds.find((own) => own.arm === arm)?.[what] ?? null,
      })),
    })),
  );
  return dotChart({
    title: 'External accuracy by threshold, every seed; grey: own',
    axis: 'accuracy',
    domain: [0.4, 1],
    rows,
    legend: TRAINED,
  });
}

function label({ labelFromMarker }: Reproduction): string {
  const rows = labelFromMarker.map(({ site, place, auc, standardError }): DotRow => {
    const half = standardError === null || auc === null ? null : 1.96 * standardError;
    return {
      label: `${site} (${place})`,
      dots: [{ series: 'other', value: auc, lower: half && auc! - half, upper: half && auc! + half }],
    };
  });
  return dotChart({
    title: 'The label from the marker alone',
    axis: 'AUC',
    domain: [0.2, 1],
    reference: 0.5,
    rows,
  });
}

function fills({ fills: found }: Reproduction): string {
  const rows = found.map(({ fill, auc }): DotRow => ({ label: fill, dots: [ranged('inpainted', auc)] }));
  return dotChart({
    title: 'External AUC of the inpainted training by fill',
    axis: 'AUC',
    domain: [0.4, 1],
    rows,
  });
}

function swap({ sites }: SwapFigures): string {
  const rows = sites.map(({ arm, site, without, worst }): DotRow => ({
    label: `${site}, trained on ${arm}`,
    dots: [
      { series: 'other', value: without },
      { series: arm, value: worst },
    ],
  }));
  return dotChart({
    title: 'AUC under the glyphs that mislead most; grey: without a marker',
    axis: 'AUC',
    domain: [0, 1],
    reference: 0.5,
    rows,
    legend: TRAINED,
  });
}

function radiographs({ radiographs: found }: Reproduction): string {
  const rows = found.map(({ site, films, withMarker }): DotRow => ({
    label: site,
    dots: [{ series: 'other', value: films === 0 ? null : withMarker / films }],
  }));
  return dotChart({
    title: 'Real hospitals: share of films with a marker found',
    axis: 'share',
    domain: [0, 1],
    rows,
  });
}
