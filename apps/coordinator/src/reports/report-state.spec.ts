import { describe, expect, it } from '@jest/globals';
import { supersede } from './report-state.ts';

describe('supersede', () => {
  it('takes an accepted report out of the analysis, once', () => {
    expect(supersede('accepted')).toBe('superseded');
    expect(() => supersede('superseded')).toThrow(expect.objectContaining({ code: 'state-conflict' }));
  });
});
