// What leaves a site without a link: a signed report in a file, through the same gate and into the same ledger.
import { DomainError } from '@sidemark/core/errors';
import type { EgressGate } from '../egress/gate.ts';
import type { JobsStore } from '../jobs/jobs.store.ts';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import type { OutboxStore } from '../outbox/outbox.store.ts';
import { writeCleared } from './carried-file.ts';

/**
 * Writes the newest report of a job, or its newest answers to the pack, to a file. Writing it again writes the same bytes, and the ledger says so.
 * @throws DomainError `report-not-ready`, `report-held`, `egress-refused`, `already-exists`, `disk-failed`
 */
export async function carryReportOut(
  job: string,
  path: string,
  {
    outbox,
    gate,
    jobs,
  }: { readonly outbox: OutboxStore; readonly gate: EgressGate; readonly jobs: JobsStore },
  kind: OutboxItem['kind'] = 'report',
): Promise<OutboxItem> {
  const signed = [...(await outbox.receipts()).map(({ item }) => item), ...(await outbox.pending())];
  const item = signed
    .filter((one) => one.job === job && one.kind === kind)
    .sort((a, b) => a.sequence - b.sequence)
    .at(-1);
  if (item === undefined) throw new DomainError('report-not-ready', { job });
  if (!(await jobs.mayLeave(item))) throw new DomainError('report-held', { job });
  await writeCleared(path, () => gate.carriedReport(item.envelope, item));
  return item;
}
