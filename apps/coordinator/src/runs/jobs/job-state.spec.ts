import { describe, expect, it } from '@jest/globals';
import { JobState, JobStateChange } from '@sidemark/core/contract';
import { isOpen, jobAfterSiteSays, type JobMove, moveJob } from './job-state.ts';

const conflict = expect.objectContaining({ code: 'state-conflict' });
const open: JobState[] = ['offered', 'held', 'accepted', 'running', 'withheld'];
const ended: JobState[] = ['reported', 'refused', 'failed', 'cancelled'];
const says = JobStateChange.shape.state.options;

describe('a job', () => {
  it.each(JobState.options)('%s is open or ended', (state) => {
    expect(isOpen(state)).toBe(open.includes(state));
    expect(isOpen(state)).toBe(!ended.includes(state));
  });

  const legal: [JobMove, JobState[], JobState][] = [
    ['report', open, 'reported'],
    ['cancel', open, 'cancelled'],
    ['reopen', ['reported', 'refused', 'failed'], 'offered'],
  ];
  it.each(legal)('%s is possible in %p only', (move, from, to) => {
    for (const state of JobState.options) {
      if (from.includes(state)) expect(moveJob(state, move)).toBe(to);
      else expect(() => moveJob(state, move)).toThrow(conflict);
    }
  });

  it.each(open.flatMap((state) => says.map((word) => [state, word] as const)))(
    '%s becomes %s when the site says so',
    (state, word) => {
      expect(jobAfterSiteSays(state, word)).toBe(word);
    },
  );

  it.each(ended.flatMap((state) => says.map((word) => [state, word] as const)))(
    '%s stays, whether the site says %s',
    (state, word) => {
      if (state === word) expect(jobAfterSiteSays(state, word)).toBe(state);
      else expect(() => jobAfterSiteSays(state, word)).toThrow(conflict);
    },
  );
});
