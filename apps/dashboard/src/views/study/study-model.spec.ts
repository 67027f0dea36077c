import { describe, expect, it } from '@jest/globals';
import type { Job } from '@sidemark/core/contract';
import { jobLine } from './study-model.ts';

const job = (change: Partial<Job>): Job => ({
  ...{ id: 'j', run: 'r', site: 's', siteName: 'north', code: null, progress: null },
  ...{ updatedAt: '2026-11-27T09:00:00.000Z', state: 'running' },
  ...change,
});

describe('one site’s part of a run', () => {
  const progress = {
    job: 'j',
    phase: 'evaluating',
    imagesDone: 30,
    imagesTotal: 120,
    ratePerSecond: 1.5,
    etaSeconds: 60,
  } as const;

  it('is counted while films are evaluated', () => {
    expect(jobLine(job({ progress }))).toEqual({
      state: 'evaluating films',
      detail: '30 of 120 films · 1.5 per second · 1 min left',
      done: 0.25,
      tone: 'busy',
    });
  });

  it('is over when its report is held back, whatever the work said last', () => {
    const last = {
      ...progress,
      phase: 'reporting',
      imagesDone: 120,
      ratePerSecond: 0,
      etaSeconds: null,
    } as const;
    expect(jobLine(job({ state: 'withheld', progress: last }))).toEqual({
      state: 'finished; the site holds its report back',
      detail: '120 of 120 films',
      done: 1,
      tone: 'quiet',
    });
  });

  it('says why a site refused, and who waits for whom', () => {
    expect(jobLine(job({ state: 'refused', code: 'floors-not-met' }))).toMatchObject({
      detail: 'too few patients in a class for the site’s floors',
      tone: 'bad',
      done: null,
    });
    expect(jobLine(job({ state: 'held' })).state).toBe('waits for a person at the site');
  });
});
