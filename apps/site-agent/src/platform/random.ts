// Randomness as an argument: keys, nonces and jitter come from here.
import { randomBytes, randomInt } from 'node:crypto';

export interface Random {
  bytes(length: number): Uint8Array;
  /** uniform in [0, 1) */
  fraction(): number;
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  fraction: () => randomInt(2 ** 32) / 2 ** 32,
};

/** 32 random bytes as hex: a nonce of the contract. */
export function nonce(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('hex');
}
