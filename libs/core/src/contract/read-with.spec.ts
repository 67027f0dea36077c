import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readWith } from './read-with.ts';
import { Envelope } from './trust/envelope.ts';

const hostile: unknown = JSON.parse('{"length": {"toString": 0, "valueOf": 0}}');

describe('readWith', () => {
  it('reads as safeParse does', () => {
    expect(readWith(z.int(), 3)).toEqual({ success: true, data: 3 });
    expect(readWith(z.int(), 'x').success).toBe(false);
  });

  it('refuses what makes a length check throw', () => {
    expect(() => z.string().max(3).safeParse(hostile)).toThrow(TypeError);
    expect(readWith(z.string().max(3), hostile).success).toBe(false);
    expect(readWith(Envelope, { payloadType: hostile, payload: hostile, signatures: hostile }).success).toBe(
      false,
    );
  });
});
