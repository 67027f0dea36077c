// Means over films and over folds as tables for a terminal: sites first, then the films of all sites together.
import type { Analysis, CamAnalysis, PooledMoments } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { signed, three } from './number.ts';

type Show = (x: number) => string;
type Shares = CamAnalysis['marker'];
type Value = Shares['sites'][number]['value'];

const absent = (reason: string): string => (reason === 'too-few-affected' ? 'withheld' : reason);

function valueText(value: Value | undefined, show: Show): string {
  if (!value) return '-';
  return value.kind === 'moments' ? `${show(value.mean)} (${value.films.images})` : absent(value.reason);
}

const pooledText = (pooled: PooledMoments, show: Show): string =>
  pooled ? `${show(pooled.mean)} (${pooled.images})` : '-';

function cellsOf({ sites, pooled }: Shares, names: readonly string[], show: Show): string[] {
  const ofSite = (name: string): Value | undefined => sites.find(({ siteName }) => siteName === name)?.value;
  return [...names.map((name) => valueText(ofSite(name), show)), pooledText(pooled, show)];
}

/** Mean Dice of each arm, and paired differences of arms; films in brackets. */
export function segmentationTable({ segmentation, sites }: Analysis): string {
  const names = sites.map(({ siteName }) => siteName);
  const rows = segmentation.flatMap(({ classifier, dice, differences }) => [
    ...dice.map((one) => [classifier, one.arm, ...cellsOf(one, names, three)]),
    ...differences.map((one) => [classifier, `${one.a} - ${one.b}`, ...cellsOf(one, names, signed)]),
  ]);
  return table(['classifier', 'arm', ...names, 'all films'], rows);
}

/** Shares of the activation maps; films in brackets. */
export function camTable({ cam, sites }: Analysis): string {
  const names = sites.map(({ siteName }) => siteName);
  const rows = cam.flatMap(({ classifier, arm, marker, lesion }) => [
    [classifier, arm, 'marker', ...cellsOf(marker, names, three)],
    [classifier, arm, 'lesion', ...cellsOf(lesion, names, three)],
  ]);
  return table(['classifier', 'arm', 'share in', ...names, 'all films'], rows);
}

/** AUCs of the folds, in the order of the protocol. */
export function foldTable({ folds }: Analysis): string {
  const rows = folds.map(({ foldOf, arm, siteName, rows: seen, folds: aucs, mean, sd }) => [
    foldOf,
    arm,
    siteName,
    seen,
    aucs.map(({ auc }) => (auc.kind === 'estimate' ? three(auc.value) : absent(auc.reason))).join(' '),
    mean === null ? '-' : three(mean),
    sd === null ? '-' : three(sd),
  ]);
  return table(['folds of', 'arm', 'site', 'rows', 'AUCs', 'mean', 'SD'], rows);
}
