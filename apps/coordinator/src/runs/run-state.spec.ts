import { describe, expect, it } from '@jest/globals';
import { moveRun } from './run-state.ts';

const conflict = expect.objectContaining({ code: 'state-conflict' });

describe('moveRun', () => {
  it('closes or cancels an open run, once', () => {
    expect(moveRun('open', 'close')).toBe('closed');
    expect(moveRun('open', 'cancel')).toBe('cancelled');
    for (const ended of ['closed', 'cancelled'] as const) {
      expect(() => moveRun(ended, 'close')).toThrow(conflict);
      expect(() => moveRun(ended, 'cancel')).toThrow(conflict);
    }
  });
});
