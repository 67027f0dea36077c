// Pooling over the external sites alone, or the one internal site, of what an analysis says of each.
import type { Analysis, SiteRow } from '@sidemark/core/contract';
import {
  type Estimate,
  poolAucs,
  poolDifferences,
  pooledTest,
  type SiteEstimate,
  zTest,
} from '@sidemark/core/stats';
import type { Place } from '../evidence.ts';

/** null where it could not be estimated */
export interface Ranged {
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface Tested {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
}

/** The same difference by three ways to pool it. */
export interface PooledDifference {
  readonly sites: number;
  readonly fixedEffect: Tested;
  readonly derSimonianLaird: Tested;
  readonly flooredKnappHartung: Tested | null;
  readonly tau2: number;
  readonly i2: number;
}

export function rowsAt({ sites }: Analysis, rows: readonly SiteRow[], place: Place): SiteRow[] {
  const wanted = new Set(sites.filter(({ role }) => role === place).map(({ site }) => site));
  return rows.filter(({ site }) => wanted.has(site));
}

/** External: DerSimonian-Laird on the logit scale. Internal: the one site, as it reports itself. */
export function aucAt(
  analysis: Analysis,
  cell: { classifier: string; arm: string },
  place: Place,
): Ranged | null {
  const found = analysis.cells.find(
    ({ classifier, arm }) => classifier === cell.classifier && arm === cell.arm,
  );
  const rows = found ? rowsAt(analysis, found.sites, place) : [];
  const [first] = rows;
  if (place === 'internal') {
    if (first?.estimate.kind !== 'estimate') return null;
    return { value: first.estimate.value, lower: first.lower, upper: first.upper };
  }
  const { randomAuc } = poolAucs(rows.map(asEstimate), 'logit', analysis.level);
  return randomAuc.kind === 'estimate' ? randomAuc.value : null;
}

/** DeLong (or Obuchowski) at one site. */
export function internalTest(analysis: Analysis, id: string): Tested | null {
  const found = analysis.comparisons.find((one) => one.id === id);
  const [row] = found ? rowsAt(analysis, found.sites, 'internal') : [];
  if (row?.estimate.kind !== 'estimate' || row.standardError === null) return null;
  if (row.lower === null || row.upper === null) return null;
  const { value } = row.estimate;
  return { value, lower: row.lower, upper: row.upper, p: zTest(value, row.standardError ** 2).pTwoSided };
}

export function externalDifference(analysis: Analysis, id: string): PooledDifference | null {
  const found = analysis.comparisons.find((one) => one.id === id);
  if (!found) return null;
  const rows = rowsAt(analysis, found.sites, 'external').map(asEstimate);
  const { included, fixedEffect, randomEffects } = poolDifferences(rows, analysis.level);
  if (fixedEffect.kind !== 'estimate' || randomEffects.kind !== 'estimate') return null;
  const random = randomEffects.value;
  const floored = pooledTest(random, 'floored-knapp-hartung', analysis.level);
  const tested = (
    { lower, upper, pTwoSided }: { lower: number; upper: number; pTwoSided: number },
    value: number,
  ) => ({
    value,
    lower,
    upper,
    p: pTwoSided,
  });
  return {
    sites: included.length,
    fixedEffect: tested(fixedEffect.value, fixedEffect.value.estimate),
    derSimonianLaird: tested(random, random.estimate),
    flooredKnappHartung: floored.kind === 'estimate' ? tested(floored.value, random.estimate) : null,
    tau2: random.tau2,
    i2: random.i2Percent,
  };
}

const missing = { kind: 'not-estimable', reason: 'empty' } as const;

function asEstimate({ estimate, standardError }: SiteRow): SiteEstimate {
  const variance: Estimate =
    standardError === null ? missing : { kind: 'estimate', value: standardError ** 2 };
  return { value: estimate, variance };
}
