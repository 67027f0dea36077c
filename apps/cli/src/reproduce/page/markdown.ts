// Markdown as prettier would write it, and how numbers are said on the page.
import type { PooledDifference, Ranged, Tested } from '../figures/pooling.ts';
import type { Accuracy, MeanOfFilms } from '../figures/sums.ts';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(3, ...all.map((row) => (row[c] ?? '').length)));
  const lineOf = (row: readonly string[]): string =>
    `| ${widths.map((wide, c) => (row[c] ?? '').padEnd(wide)).join(' | ')} |`;
  const rule = `| ${widths.map((wide) => '-'.repeat(wide)).join(' | ')} |`;
  return [lineOf(head), rule, ...rows.map(lineOf)].join('\n');
}

export const image = (name: string, said: string): string => `![${said}](images/reproduction/${name}.svg)`;

export const nothing = '-';
export const three = (x: number | null | undefined): string =>
  x === null || x === undefined ? nothing : x.toFixed(3);
export const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;

export function pText(p: number | null): string {
  if (p === null) return nothing;
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

export function rangedText(ranged: Ranged | null): string {
  if (!ranged) return nothing;
  const { value, lower, upper } = ranged;
  return lower === null || upper === null
    ? three(value)
    : `${three(value)} [${three(lower)}, ${three(upper)}]`;
}

export function testedText(tested: Tested | null): string {
  if (!tested) return nothing;
  const { value, lower, upper, p } = tested;
  return `${signed(value)} [${signed(lower)}, ${signed(upper)}], p ${pText(p)}`;
}

export function accuracyText(accuracy: Accuracy | null): string {
  if (!accuracy) return 'withheld';
  const { correct, total, sites, of } = accuracy;
  return `${three(correct / total)}${sites < of ? ` (${sites} of ${of} sites)` : ''}`;
}

export const meanText = (mean: MeanOfFilms | null): string => (mean ? three(mean.mean) : nothing);

export const pooledText = (pooled: PooledDifference | null): string =>
  pooled ? signed(pooled.derSimonianLaird.value) : nothing;
