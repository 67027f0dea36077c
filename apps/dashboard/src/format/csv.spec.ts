import { describe, expect, it } from '@jest/globals';
import { csv } from './csv.ts';

describe('CSV', () => {
  it('quotes what needs it, and ends every line', () => {
    expect(csv(['site', 'note'], [['a', 'one, "two"']])).toBe('site,note\r\na,"one, ""two"""\r\n');
  });

  it('lets no text become a formula, and keeps negative numbers', () => {
    expect(csv(['x'], [['=1+1'], ['-0.031'], ['-e'], ['1e-7']])).toBe(
      "x\r\n'=1+1\r\n-0.031\r\n'-e\r\n1e-7\r\n",
    );
  });
});
