import { describe, expect, it } from '@jest/globals';
import { Nonce } from '@sidemark/core/contract';
import { enrolmentNonce, isEnrolmentNonce } from './enrolment-nonce.ts';

describe('a nonce of the enrolment hello', () => {
  const secret = new Uint8Array(32).fill(7);
  const [key, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const at = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minutes));
  const nonce = enrolmentNonce(secret, key, at(0));

  it('is one of the contract and good for its key for five minutes', () => {
    expect(Nonce.parse(nonce)).toBe(nonce);
    expect(isEnrolmentNonce(secret, key, nonce, at(5))).toBe(true);
  });

  it.each([
    ['another key', other, nonce, at(1)],
    ['a later time', key, nonce, at(6)],
    ['an earlier time', key, nonce, at(-1)],
    ['an edited time', key, `f${nonce.slice(1)}`, at(1)],
    ['an edited mac', key, `${nonce.slice(0, 63)}${nonce.endsWith('0') ? '1' : '0'}`, at(1)],
  ])('is refused for %s', (_, forKey, text, now) => {
    expect(isEnrolmentNonce(secret, forKey, text, now)).toBe(false);
  });
});
