import { expect, it } from '@jest/globals';
import { tokenIn } from './door.ts';

const token = 'aZ0_-'.repeat(8) + 'abc';

it('finds the token in an address, behind its #, and alone; and in nothing else', () => {
  for (const text of [`http://127.0.0.1:7131/#token=${token}`, `#token=${token}`, ` ${token}\n`])
    expect(tokenIn(text)).toBe(token);
  for (const text of ['', '#/', `?token=${token}`, `#token=${token}x`, `#token=${token.slice(1)}`])
    expect(tokenIn(text)).toBeUndefined();
});
