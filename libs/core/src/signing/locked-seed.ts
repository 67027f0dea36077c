// A seed at rest behind a passphrase: scrypt stretches the passphrase, NaCl's secretbox (XSalsa20-Poly1305) seals.
import { scrypt } from 'node:crypto';
import nacl from 'tweetnacl';
import { DomainError } from '../errors/index.ts';

/** Cost of one guess. `N` is a power of two; memory is 128 * N * r bytes. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about half a second of one core for each guess. */
export const strongScrypt: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

export interface LockedSeed extends ScryptCost {
  /** 16 bytes */
  readonly salt: Uint8Array;
  /** 24 bytes */
  readonly nonce: Uint8Array;
  readonly box: Uint8Array;
}

function stretched(passphrase: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Uint8Array> {
  const options = { N, r, p, maxmem: 128 * N * r + 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // one passphrase, one spelling, whatever keyboard it was typed on
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error === null ? resolve(Uint8Array.from(key)) : reject(error),
    );
  });
}

/** @param random 40 random bytes: salt and nonce. */
export async function lockSeed(
  seed: Uint8Array,
  passphrase: string,
  random: Uint8Array,
  cost: ScryptCost = strongScrypt,
): Promise<LockedSeed> {
  if (random.length !== 40) throw new RangeError(`salt and nonce have 40 bytes: ${random.length}`);
  const [salt, nonce] = [Uint8Array.from(random.subarray(0, 16)), Uint8Array.from(random.subarray(16))];
  const key = await stretched(passphrase, salt, cost);
  return { ...cost, salt, nonce, box: nacl.secretbox(Uint8Array.from(seed), nonce, key) };
}

/** @throws DomainError `passphrase-wrong`, also for a box that was altered */
export async function unlockSeed(locked: LockedSeed, passphrase: string): Promise<Uint8Array> {
  const key = await stretched(passphrase, locked.salt, locked);
  const seed = nacl.secretbox.open(Uint8Array.from(locked.box), Uint8Array.from(locked.nonce), key);
  if (seed === null) throw new DomainError('passphrase-wrong');
  return seed;
}
