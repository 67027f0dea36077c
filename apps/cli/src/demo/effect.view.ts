// What the demonstration is for: every training on its own arm, inside the hospital that it comes from and outside.
import type { Analysis, ComparisonAnalysis, SiteRow } from '@sidemark/core/contract';
import { type Estimate, poolAucs, poolDifferences, type SiteEstimate } from '@sidemark/core/stats';
import { table } from '@sidemark/terminal';
import { signed, three } from '../views/number.ts';

type Show = (x: number) => string;

/** AUCs of the models on the arms they were trained on, then their paired differences, by site and pooled. */
export function effectView(analysis: Analysis): string {
  return [
    'The effect: AUC of each model on the arm that it was trained on',
    aucTable(analysis),
    '',
    'Its paired differences (on the same films, DeLong or Obuchowski)',
    differenceTable(analysis),
  ].join('\n');
}

function aucTable(analysis: Analysis): string {
  const rows = analysis.cells
    .filter(({ diagonal }) => diagonal)
    .map(({ classifier, sites }) => [
      classifier,
      ...bySite(analysis, sites, three),
      pooledText(poolAucs(externalOnly(analysis, sites), 'logit', analysis.level).fixedAuc, three),
      pooledText(poolAucs(sites.map(asEstimate), 'logit', analysis.level).fixedAuc, three),
    ]);
  return table(['trained and tested on', ...heads(analysis)], rows);
}

function differenceTable(analysis: Analysis): string {
  const rows = analysis.comparisons
    .filter((one) => isOwnArms(analysis, one))
    .map(({ id, sites }) => [
      id,
      ...bySite(analysis, sites, signed),
      pooledDifference(externalOnly(analysis, sites), analysis.level),
      pooledDifference(sites.map(asEstimate), analysis.level),
    ]);
  return table(['difference', ...heads(analysis)], rows);
}

const heads = ({ sites }: Analysis): string[] => [
  ...sites.map(({ siteName, role }) => `${siteName} (${role})`),
  'external, pooled',
  'all, pooled (fixed)',
];

/** Both cells are models on the arms that they were trained on. */
function isOwnArms({ cells }: Analysis, { a, b }: ComparisonAnalysis): boolean {
  return [a, b].every((side) =>
    cells.some((cell) => cell.diagonal && cell.classifier === side.classifier && cell.arm === side.arm),
  );
}

function bySite({ sites }: Analysis, rows: readonly SiteRow[], show: Show): string[] {
  return sites.map(({ siteName }) => {
    const row = rows.find((one) => one.siteName === siteName);
    if (row?.estimate.kind !== 'estimate') return row ? row.estimate.reason : 'not reported';
    const { value } = row.estimate;
    return row.lower === null || row.upper === null
      ? show(value)
      : `${show(value)} [${show(row.lower)}, ${show(row.upper)}]`;
  });
}

function externalOnly({ sites }: Analysis, rows: readonly SiteRow[]): SiteEstimate[] {
  const external = new Set(sites.filter(({ role }) => role === 'external').map(({ site }) => site));
  return rows.filter(({ site }) => external.has(site)).map(asEstimate);
}

const missing = { kind: 'not-estimable', reason: 'empty' } as const;

function asEstimate({ estimate, standardError }: SiteRow): SiteEstimate {
  const variance =
    standardError === null ? missing : { kind: 'estimate' as const, value: standardError ** 2 };
  return { value: estimate, variance };
}

function pooledDifference(sites: readonly SiteEstimate[], level: number): string {
  const { fixedEffect } = poolDifferences(sites, level);
  if (fixedEffect.kind !== 'estimate') return fixedEffect.reason;
  const { estimate, lower, upper } = fixedEffect.value;
  return pooledText({ kind: 'estimate', value: { value: estimate, lower, upper } }, signed);
}

function pooledText(pooled: Estimate<{ value: number; lower: number; upper: number }>, show: Show): string {
  if (pooled.kind !== 'estimate') return pooled.reason;
  const { value, lower, upper } = pooled.value;
  return `${show(value)} [${show(lower)}, ${show(upper)}]`;
}
