// AUC, its variance and the paired test from raw scores, beside pROC, numpy and scikit-learn; ten curves; pooling. CPU time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import {
  aucDelong,
  pairedDifference,
  pooledTest,
  poolRandomEffects,
  predictionInterval,
  tau2Interval,
  zTest,
} from '@sidemark/core/stats';
import { planPooling } from '@sidemark/core/analysis';
import { normals } from '../scripts/simulate/normals.ts';
import { type Line, median, round } from './line.ts';
import { manyReports } from './statistics/analysis.ts';
import { type ReferenceFigure, runReference } from './statistics/references.ts';
import { drawScores, type Scores, writeScores } from './statistics/scores.ts';

const sizes = [1e3, 1e4, 1e5, 1e6] as const;
const [sites, comparisons] = [1000, 50] as const;

export function benchStatistics(): Line[] {
  const folder = mkdtempSync(join(tmpdir(), 'sidemark-bench-'));
  try {
    const data = sizes.flatMap((n) => [
      drawScores(`${n}`, n, 2, undefined),
      drawScores(`${n}-ties`, n, 2, 2),
    ]);
    const ten = drawScores('ten', 1e5, 10, undefined);
    for (const scores of [...data, ten]) writeScores(folder, scores);
    const names = data.map(({ name }) => name);
    const r = runReference('pROC', folder, names);
    const python = runReference('numpy', folder, [...names, 'ten']);
    for (const { absent } of [r, python]) if (absent !== undefined) console.log(absent);
    const references = { pROC: r.figures, numpy: python.figures };
    return [
      ...data.flatMap((scores) => compare(scores, references)),
      tenCurves(ten, references.numpy),
      growth(),
      pooling(),
      analysis(),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type References = Readonly<Record<'pROC' | 'numpy', readonly ReferenceFigure[]>>;

function compare({ name, labels, curves }: Scores, { pROC, numpy }: References): Line[] {
  const [a, b] = [curves[0]!, curves[1]!];
  const single = () => {
    const { auc, covariance } = aucDelong([a], labels);
    return { auc: known(auc[0]!), variance: known(covariance[0]![0]!) };
  };
  const paired = () => {
    const { difference, variance } = pairedDifference(a, b, labels);
    return zTest(known(difference), known(variance)).z;
  };
  const of = (figures: readonly ReferenceFigure[], what: ReferenceFigure['what']) =>
    figures.find((one) => one.data === name && one.what === what);
  const { auc, variance } = single();
  const z = paired();
  const [proc, fast, sklearn] = [of(pROC, 'single'), of(numpy, 'single'), of(numpy, 'auc')];
  const [procPaired, fastPaired] = [of(pROC, 'paired'), of(numpy, 'paired')];
  const off = (own: number, theirs: number | undefined) =>
    theirs === undefined ? undefined : Math.abs(own / theirs - 1);
  return [
    line(
      `AUC and variance, n = ${name}`,
      medianMs(single),
      [
        ['pROC', proc?.ms],
        ['numpy', fast?.ms],
        ['scikit-learn (AUC alone)', sklearn?.ms],
      ],
      worst([off(auc, proc?.auc), off(variance, proc?.variance), off(auc, sklearn?.auc)]),
    ),
    line(
      `paired test, n = ${name}`,
      medianMs(paired),
      [
        ['pROC', procPaired?.ms],
        ['numpy', fastPaired?.ms],
      ],
      worst([off(z, procPaired?.z), off(z, fastPaired?.z)]),
    ),
  ];
}

function tenCurves({ labels, curves }: Scores, numpy: readonly ReferenceFigure[]): Line {
  const own = medianMs(() => aucDelong(curves, labels));
  const reference = numpy.find(({ what }) => what === 'ten')?.ms;
  return line('covariance of ten curves, n = 100000', own, [['numpy', reference]], 'all 55 in one pass');
}

/** Twice the rows, twice the time: nothing grows with the square. */
function growth(): Line {
  const [once, twice] = [1e5, 2e5].map((n) => {
    const { labels, curves } = drawScores('growth', n, 10, undefined);
    return medianMs(() => aucDelong(curves, labels));
  }) as [number, number];
  return line('the same, n = 200000', twice, [['n = 100000', once]], 'growth with n');
}

function pooling(): Line {
  const draw = normals(7);
  const plans = Array.from({ length: comparisons }, () => {
    const vi = Array.from({ length: sites }, () => 0.0004 * (1 + 4 * Math.abs(draw())));
    return { yi: vi.map((variance) => 0.02 + Math.sqrt(0.0001 + variance) * draw()), vi };
  });
  const own = medianMs(() => {
    for (const { yi, vi } of plans) {
      const pooled = poolRandomEffects('reml', yi, vi);
      pooledTest(pooled, 'floored-knapp-hartung');
      predictionInterval(pooled, 'floored-knapp-hartung', 'k-2');
      tau2Interval(yi, vi);
    }
  });
  return line(
    `REML, tests, both intervals and Q-profile: ${sites} sites x ${comparisons} comparisons`,
    own,
    [],
    'goal: under a second',
  );
}

/** The same through the coordinator’s analysis, with rows of every site, groups, parts of the effect and ranks of arms. */
function analysis(): Line {
  const input = manyReports(sites, comparisons);
  return line(
    `a whole analysis: ${sites} reports, ${comparisons} comparisons, 5 classifiers on 3 arms`,
    medianMs(() => planPooling(input)),
    [],
    'the rows of every site in the answer',
  );
}

function line(
  what: string,
  own: number,
  references: readonly (readonly [string, number | undefined])[],
  limit: string,
): Line {
  const there = references.flatMap(([name, ms]) => (ms === undefined ? [] : [{ name, ms }]));
  return {
    what,
    measured: `${round(own)} ms`,
    reference: there.map(({ name, ms }) => `${name} ${round(ms)} ms`).join(', '),
    ratio: there.map(({ ms }) => `${(ms / own).toFixed(1)} x`).join(', '),
    limit,
  };
}

function worst(differences: readonly (number | undefined)[]): string {
  const known = differences.filter((one) => one !== undefined);
  return known.length === 0 ? '' : `figures agree to ${Math.max(...known).toExponential(0)}`;
}

/** CPU time of one call, user and system: median of 7, short calls repeated up to 0.1 s. */
function medianMs(run: () => unknown): number {
  run();
  const once = cpuMs(run);
  const inner = once < 100 ? Math.min(2000, Math.max(1, Math.floor(100 / Math.max(once, 0.01)))) : 1;
  return median(
    Array.from({ length: 7 }, () => {
      const spent = cpuMs(() => {
        for (let at = 0; at < inner; at++) run();
      });
      return spent / inner;
    }),
  );
}

function cpuMs(run: () => unknown): number {
  const before = cpuUsage();
  run();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

function known(found: { kind: string; value?: number }): number {
  if (found.value === undefined) throw new Error('the bench draws both classes');
  return found.value;
}
