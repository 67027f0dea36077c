// How far the sites are: the latest word of each job, in memory only. After a restart it comes anew by itself.
import { Injectable } from '@nestjs/common';
import type { Job, JobProgress, Run } from '@sidemark/core/contract';
import { isOpen } from './job-state.ts';

@Injectable()
export class ProgressBoard {
  private readonly latest = new Map<string, JobProgress>();

  post(progress: JobProgress): void {
    this.latest.set(progress.job, progress);
  }

  /** Progress belongs to one attempt: a job that ends or begins anew has none. */
  clear(job: string): void {
    this.latest.delete(job);
  }

  /** Of all jobs that are at work, as their sites last said. */
  films(): { readonly done: number; readonly total: number } {
    const said = [...this.latest.values()];
    return {
      done: said.reduce((sum, { imagesDone }) => sum + imagesDone, 0),
      total: said.reduce((sum, { imagesTotal }) => sum + imagesTotal, 0),
    };
  }

  shownOn(job: Job): Job {
    return isOpen(job.state) ? { ...job, progress: this.latest.get(job.id) ?? null } : job;
  }

  shownOnRun(run: Run): Run {
    return { ...run, jobs: run.jobs.map((job) => this.shownOn(job)) };
  }
}
