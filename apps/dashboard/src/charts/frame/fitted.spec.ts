import { describe, expect, it } from '@jest/globals';
import { fitted } from './fitted.ts';

describe('a name in a chart', () => {
  it('is left alone where it fits, and keeps its head and tail where not', () => {
    expect(fitted('st-mary', 170)).toBe('st-mary');
    const cut = fitted('university-hospital-of-the-north-east', 150);
    expect(cut).toMatch(/^university.*….*east$/);
    expect(cut.length).toBe(20);
  });
});
