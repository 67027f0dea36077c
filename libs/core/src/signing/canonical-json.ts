// Canonical JSON (RFC 8785): one value, one byte string, so that a digest means the value.
import canonicalizeModule from 'canonicalize';
import { sha256 } from './digest.ts';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/**
 * RFC 8785 text of a JSON value.
 * @throws RangeError for what JSON cannot say: undefined, a non-finite number, a function.
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new RangeError('canonical JSON holds finite numbers only', { cause });
  }
  if (text === undefined) throw new RangeError('canonical JSON cannot say undefined');
  return text;
}

/** UTF-8 bytes of the canonical JSON of `value`. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** SHA-256 of the canonical JSON of `value`, hex. */
export function digestOf(value: unknown): string {
  return sha256(canonicalBytes(value));
}
