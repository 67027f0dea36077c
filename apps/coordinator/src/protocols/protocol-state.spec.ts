import { describe, expect, it } from '@jest/globals';
import { ProtocolState } from '@sidemark/core/contract';
import { moveProtocol, type ProtocolMove } from './protocol-state.ts';

const legal: Record<string, string> = { 'draft freeze': 'frozen', 'frozen retire': 'retired' };
const moves: ProtocolMove[] = ['freeze', 'retire'];
const all = ProtocolState.options.flatMap((state) => moves.map((move) => [state, move] as const));

describe('moveProtocol', () => {
  it.each(all)('%s, %s', (state, move) => {
    const to = legal[`${state} ${move}`];
    if (to === undefined)
      expect(() => moveProtocol(state, move)).toThrow(expect.objectContaining({ code: 'state-conflict' }));
    else expect(moveProtocol(state, move)).toBe(to);
  });
});
