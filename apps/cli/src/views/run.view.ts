// A run and its jobs as a table for a terminal.
import type { Job, Run } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';

function progressText(job: Job): string {
  const p = job.progress;
  if (!p) return '';
  const eta = p.etaSeconds === null ? '' : `, ${Math.ceil(p.etaSeconds)} s left`;
  return `${p.phase} ${p.imagesDone}/${p.imagesTotal} at ${p.ratePerSecond.toFixed(1)}/s${eta}`;
}

export function runView(run: Run): string {
  const rows = run.jobs.map((job) => [job.siteName, job.state, job.code ?? '', progressText(job), job.id]);
  return `run ${run.id}: ${run.state}\n${table(['site', 'job', 'code', 'progress', 'job id'], rows)}`;
}
