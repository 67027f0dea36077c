// meta.json: pooling by the four methods, with intervals, prediction intervals, Q-profile and leave-one-out.
import { leaveOneOut, type PoolingMethod, poolSites, tau2Interval } from '../../libs/core/src/stats/index.ts';
import { compareExact, compareMetafor, compareSummary } from './pooled.ts';
import { type Fields, fields, list, numbers } from './reading.ts';
import { absolute, type Tally, type Tolerance } from './tally.ts';

export const methods = {
  FE: 'fixed-effect',
  DL: 'dersimonian-laird',
  REML: 'reml',
  PM: 'paule-mandel',
} as const satisfies Readonly<Record<string, PoolingMethod>>;
export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as readonly MethodName[];
const leftOutMethods = ['FE', 'DL', 'REML'] as const;

export function checkMeta(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const [yi, vi] = [numbers(test.yi, 'yi'), numbers(test.vi, 'vi')];
  const metafor = fields(expected.metafor, 'metafor');
  compareMethods('', yi, vi, fields(expected.exact, 'exact'), metafor, tally);
  for (const name of methodNames) compareProfile(name, yi, vi, fields(metafor[name], name), tally);
  if (expected.leave1out === undefined || expected.leave1out === null) return;
  const leftOut = fields(expected.leave1out, 'leave1out');
  for (const name of leftOutMethods) compareLeaveOneOut(name, yi, vi, list(leftOut[name], name), tally);
}

/** All methods on one set of sites; only FE has an exact block for one site. */
export function compareMethods(
  scale: string,
  yi: readonly number[],
  vi: readonly number[],
  exact: Fields,
  metafor: Fields,
  tally: Tally,
): void {
  const size = largest(yi);
  for (const method of methodNames) {
    const name = `${scale}${method}`;
    const pooled = poolSites(methods[method], yi, vi);
    if (exact[method] !== undefined || yi.length > 1)
      compareExact(name, pooled, fields(exact[method], `exact ${name}`), size, tally);
    compareMetafor(name, pooled, fields(metafor[method], `metafor ${name}`), size, tally);
  }
}

// metafor's Q-profile was solved to this absolute error of tau2, and sought no further than the second
const solvedTo = 1e-12;
const soughtTo = 1e6;

/** metafor gives no Q-profile for FE and for one site. */
function compareProfile(
  name: MethodName,
  yi: readonly number[],
  vi: readonly number[],
  metafor: Fields,
  tally: Tally,
): void {
  if (metafor.ci95_tau2 === undefined) return;
  const found = tau2Interval(yi, vi);
  const profile = found.kind === 'estimate' ? found.value : undefined;
  const typical = profile && profile.h2[1] > 1 ? profile.tau2[1] / (profile.h2[1] - 1) : Infinity;
  const within =
    (scale: number): Tolerance =>
    (expected) =>
      1e-6 * Math.abs(expected) + solvedTo * scale;
  if (numbers(metafor.ci95_tau2, 'ci95_tau2')[1] === soughtTo && profile && profile.tau2[1] > soughtTo)
    return;
  tally.compareList(`${name} ci95_tau2`, profile?.tau2, metafor.ci95_tau2, within(1));
  tally.compareList(`${name} ci95_I2`, profile?.i2Percent, metafor.ci95_I2, within(100 / typical));
  tally.compareList(`${name} ci95_H2`, profile?.h2, metafor.ci95_H2, within(1 / typical));
}

function compareLeaveOneOut(
  method: (typeof leftOutMethods)[number],
  yi: readonly number[],
  vi: readonly number[],
  entries: readonly unknown[],
  tally: Tally,
): void {
  const without = leaveOneOut(methods[method], yi, vi);
  const results = without.kind === 'estimate' ? without.value : [];
  if (entries.length !== results.length)
    tally.fail(`leave1out ${method}: ${entries.length} entries for ${results.length} sites`);
  results.forEach((pooled, out) => {
    const name = `leave1out ${method}[${out}]`;
    const entry = fields(entries[out], name);
    // metafor's own rounding: there is no exact block for these
    compareSummary(name, pooled, entry, largest(yi), tally, 'doubles');
    const interval = absolute(1e-8 * Math.max(largest(yi), pooled.upper - pooled.lower));
    tally.compareList(`${name} ci95`, [pooled.lower, pooled.upper], entry.ci95, interval);
  });
}

function largest(values: readonly number[]): number {
  return Math.max(...values.map(Math.abs));
}
