// meta.json: fixed-effect and DerSimonian-Laird pooling, with leave-one-out.
import { poolDerSimonianLaird, poolFixedEffect } from '../../libs/core/src/stats/index.ts';
import { compareExact, compareMetafor, compareSummary } from './pooled.ts';
import { type Fields, fields, list, numbers } from './reading.ts';
import type { Tally } from './tally.ts';

export const pooling = { FE: poolFixedEffect, DL: poolDerSimonianLaird } as const;
export const methods = ['FE', 'DL'] as const;

export function checkMeta(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const [yi, vi] = [numbers(test.yi, 'yi'), numbers(test.vi, 'vi')];
  compareMethods('', yi, vi, fields(expected.exact, 'exact'), fields(expected.metafor, 'metafor'), tally);
  if (expected.leave1out === undefined || expected.leave1out === null) return;
  const leftOut = fields(expected.leave1out, 'leave1out');
  for (const method of methods) compareLeaveOneOut(method, yi, vi, list(leftOut[method], method), tally);
}

/** Both methods on one set of sites; DL has no exact block for one site. */
export function compareMethods(
  scale: string,
  yi: readonly number[],
  vi: readonly number[],
  exact: Fields,
  metafor: Fields,
  tally: Tally,
): void {
  const size = largest(yi);
  for (const method of methods) {
    const name = `${scale}${method}`;
    const pooled = pooling[method](yi, vi);
    if (exact[method] !== undefined || yi.length > 1)
      compareExact(name, pooled, fields(exact[method], `exact ${name}`), size, tally);
    compareMetafor(name, pooled, fields(metafor[method], `metafor ${name}`), size, tally);
  }
}

function compareLeaveOneOut(
  method: (typeof methods)[number],
  yi: readonly number[],
  vi: readonly number[],
  entries: readonly unknown[],
  tally: Tally,
): void {
  if (entries.length !== yi.length)
    tally.fail(`leave1out ${method}: ${entries.length} entries for ${yi.length} sites`);
  entries.forEach((entry, out) => {
    const without = (values: readonly number[]) => values.filter((_, site) => site !== out);
    const name = `leave1out ${method}[${out}]`;
    compareSummary(name, pooling[method](without(yi), without(vi)), fields(entry, name), largest(yi), tally);
  });
}

function largest(values: readonly number[]): number {
  return Math.max(...values.map(Math.abs));
}
