// How many records there are in each state: counts alone, no name and no id.
import type { Tx } from '../platform/database/database.ts';

export interface RecordCounts {
  readonly sites: Readonly<Record<string, number>>;
  readonly runs: Readonly<Record<string, number>>;
  readonly jobs: Readonly<Record<string, number>>;
  readonly reports: Readonly<Record<string, number>>;
  readonly auditEntries: number;
}

export async function recordCounts(tx: Tx): Promise<RecordCounts> {
  const counted = { by: ['state' as const], _count: { _all: true as const } };
  const [sites, runs, jobs, reports, auditEntries] = [
    await tx.site.groupBy(counted),
    await tx.run.groupBy(counted),
    await tx.job.groupBy(counted),
    await tx.report.groupBy(counted),
    await tx.auditEntry.count(),
  ];
  return {
    ...{ sites: byState(sites), runs: byState(runs), jobs: byState(jobs), reports: byState(reports) },
    auditEntries,
  };
}

const byState = (rows: readonly { state: string; _count: { _all: number } }[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ state, _count }) => [state, _count._all]));
