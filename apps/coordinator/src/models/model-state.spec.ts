import { describe, expect, it } from '@jest/globals';
import { ModelState } from '@sidemark/core/contract';
import { type ModelMove, moveModel } from './model-state.ts';

const legal: Record<string, string> = { 'registered release': 'released', 'released withdraw': 'withdrawn' };
const moves: ModelMove[] = ['release', 'withdraw'];
const all = ModelState.options.flatMap((state) => moves.map((move) => [state, move] as const));

describe('moveModel', () => {
  it.each(all)('%s, %s', (state, move) => {
    const to = legal[`${state} ${move}`];
    if (to === undefined)
      expect(() => moveModel(state, move)).toThrow(expect.objectContaining({ code: 'state-conflict' }));
    else expect(moveModel(state, move)).toBe(to);
  });
});
