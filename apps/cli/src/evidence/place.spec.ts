import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@sidemark/core/errors';
import { at, bundleText, requireSame, requireWrittenForm } from './place.ts';

const altered = (details: object): Error =>
  expect.objectContaining({ code: 'bundle-altered', details }) as unknown as Error;

describe('the place where a bundle does not hold', () => {
  it.each([
    ['a digit', { a: [{ b: 0.31 }] }, { a: [{ b: 0.32 }] }, 'x.a.0.b', '0.31', '0.32'],
    ['a text', { a: 'one' }, { a: 'two' }, 'x.a', '"one"', '"two"'],
    ['a field that is missing', {}, { a: 1 }, 'x.a', 'nothing', '1'],
    ['a field too many', { a: 1 }, {}, 'x.a', '1', 'nothing'],
    ['an entry too many', [1, 2], [1], 'x.1', '2', 'nothing'],
    ['a list in place of a record', [], {}, 'x', '[]', '{}'],
    ['null in place of a record', null, { a: 1 }, 'x', 'null', '{"a":1}'],
  ])('is named for %s', (_, found, expected, place, foundText, expectedText) => {
    const details = { place, found: foundText, expected: expectedText };
    expect(() => requireSame('x', found, expected)).toThrow(altered(details));
  });

  it('is nowhere where both are the same, and minus zero is zero as in JSON', () => {
    expect(() => requireSame('x', { a: [0, null, 'b'] }, { a: [-0, null, 'b'] })).not.toThrow();
  });

  it('is added to the refusal of a step, which keeps its code', () => {
    const step = (): never => {
      throw new DomainError('signer-unknown', { keyId: 'k' });
    };
    expect(() => at('reports.2', step)).toThrow(
      expect.objectContaining({
        code: 'signer-unknown',
        details: { place: 'reports.2', keyId: 'k' },
      }),
    );
  });

  it('is a line where the text says more than its values', () => {
    const value = { a: 0.5, b: 1 };
    const text = bundleText(value);
    expect(() => requireWrittenForm(text, value)).not.toThrow();
    const details = { place: 'line 2', found: '"  \\"a\\": 0.50,"', expected: '"  \\"a\\": 0.5,"' };
    expect(() => requireWrittenForm(text.replace('0.5', '0.50'), value)).toThrow(altered(details));
  });
});
