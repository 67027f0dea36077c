import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDomainError } from '../errors/index.ts';
import { signBytes, signingKeyFromSeed, verifiers, verifyBytes } from './index.ts';

const key = signingKeyFromSeed(new Uint8Array(32).fill(7));
const message = new TextEncoder().encode('a report');
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

function littleEndian32(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse());
}

function verdict(engine: keyof typeof verifiers, signature: Uint8Array, publicKey = key.publicKey): string {
  try {
    verifyBytes(message, signature, publicKey, engine);
    return 'accepted';
  } catch (error) {
    return isDomainError(error) ? error.code : 'crashed';
  }
}

function malleated(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
  return Uint8Array.from([...signature.subarray(0, 32), ...littleEndian32(s + groupOrder)]);
}

const identity = littleEndian32(1n);
const zero = new Uint8Array(32);
const sound = signBytes(message, key);
const edge: [string, Uint8Array, Uint8Array, string][] = [
  ['an honest signature', sound, key.publicKey, 'accepted'],
  ['S + L', malleated(sound), key.publicKey, 'signature-non-canonical'],
  [
    'S = L',
    Uint8Array.from([...sound.subarray(0, 32), ...littleEndian32(groupOrder)]),
    key.publicKey,
    'signature-non-canonical',
  ],
  [
    'the all-purpose signature under the identity key',
    Uint8Array.from([...identity, ...zero]),
    identity,
    'signature-non-canonical',
  ],
  ['a key of order 2', sound, littleEndian32(2n ** 255n - 20n), 'signature-non-canonical'],
  ['a key of order 4', sound, zero, 'signature-non-canonical'],
  [
    'a key of order 8',
    sound,
    Uint8Array.from(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')),
    'signature-non-canonical',
  ],
  ['a non-canonical key, y = p + 3', sound, littleEndian32(2n ** 255n - 16n), 'signature-non-canonical'],
  [
    'a small-order R',
    Uint8Array.from([...identity, ...sound.subarray(32)]),
    key.publicKey,
    'signature-non-canonical',
  ],
  ['a signature cut short', sound.subarray(0, 63), key.publicKey, 'signature-non-canonical'],
  ['S = 0', Uint8Array.from([...sound.subarray(0, 32), ...zero]), key.publicKey, 'signature-invalid'],
];

describe('Ed25519 behind the guard', () => {
  it.each(edge)('%s gets the same verdict from both engines', (_name, signature, publicKey, expected) => {
    expect(verdict('openssl', signature, publicKey)).toBe(expected);
    expect(verdict('tweetnacl', signature, publicKey)).toBe(expected);
  });

  it('shows why the guard is needed: TweetNaCl alone takes S + L', () => {
    expect(verifiers.tweetnacl(message, malleated(sound), key.publicKey)).toBe(true);
  });

  it('refuses every signature with a changed bit, with both engines', () => {
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        const altered = Uint8Array.from(sound);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verdict('openssl', altered)).not.toBe('accepted');
        expect(verdict('tweetnacl', altered)).not.toBe('accepted');
      }),
      { numRuns: 100 },
    );
  });
});
