// Six words over the telephone: 66 bits of a digest in the BIP-39 English list (2048 words, 11 bits each).
import { wordlist } from '@scure/bip39/wordlists/english';

/** @param digest SHA-256 as 64 hex digits. The first 66 bits, in order, as six words. */
export function sixWords(digest: string): string[] {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new RangeError(`digest has 64 hex digits: ${digest}`);
  const bits = BigInt(`0x${digest}`) >> (256n - 66n);
  return Array.from({ length: 6 }, (_, i) => wordlist[Number((bits >> BigInt(11 * (5 - i))) & 2047n)] ?? '');
}
