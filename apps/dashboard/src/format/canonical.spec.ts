import { expect, it } from '@jest/globals';
import { canonicalJson as signed } from '@sidemark/core/signing';
import { canonicalJson } from './canonical.ts';

it('the page writes the same bytes as what is signed', () => {
  const values = [
    { b: 1, a: [1e21, 0.1, -0, 5e-7], '\u20ac': 'ü"\n\u2028', Z: { y: null, x: true }, '': [] },
    { '1': 1, '10': 2, '2': 3, '\ud83d\ude00': 1, '\ufb33': 2 },
    'text',
    [],
  ];
  for (const value of values) expect(canonicalJson(value)).toBe(signed(value));
});
