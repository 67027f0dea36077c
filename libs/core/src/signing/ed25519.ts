// Keys and signatures: TweetNaCl makes and signs, node's OpenSSL verifies (some fifty times faster, the same
// signature); both stand behind the one guard of point-guard.ts.
import { createPublicKey, verify as opensslVerify } from 'node:crypto';
import nacl from 'tweetnacl';
import { DomainError } from '../errors/index.ts';
import { sha256 } from './digest.ts';
import { isSoundPoint, isSoundSignature } from './point-guard.ts';

export interface SigningKey {
  /** SHA-256 of the raw public key, hex. */
  readonly keyId: string;
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes: seed and public key, as TweetNaCl keeps it. Never leaves the process but to its key file. */
  readonly secretKey: Uint8Array;
}

/** The id of a raw 32-byte public key: its SHA-256, hex. */
export function keyIdOf(publicKey: Uint8Array): string {
  return sha256(publicKey);
}

/** @param seed 32 random bytes. @throws RangeError for another length. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new RangeError(`seed has 32 bytes: ${seed.length}`);
  const pair = nacl.sign.keyPair.fromSeed(seed);
  return { keyId: keyIdOf(pair.publicKey), publicKey: pair.publicKey, secretKey: pair.secretKey };
}

/** 64-byte Ed25519 signature of the bytes. */
export function signBytes(bytes: Uint8Array, key: SigningKey): Uint8Array {
  return nacl.sign.detached(bytes, key.secretKey);
}

/** True if `publicKey` is a key worth remembering: canonical and not of small order. */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  return isSoundPoint(publicKey);
}

type Verifier = (bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;

const withOpenssl: Verifier = (bytes, signature, publicKey) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return opensslVerify(null, bytes, key, signature);
};

const withTweetnacl: Verifier = (bytes, signature, publicKey) =>
  nacl.sign.detached.verify(Uint8Array.from(bytes), signature, publicKey);

export const verifiers = { openssl: withOpenssl, tweetnacl: withTweetnacl } as const;

/**
 * Checks a detached signature.
 * @throws DomainError `signature-non-canonical` (the guard), `signature-invalid` (the mathematics).
 */
export function verifyBytes(
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
  engine: keyof typeof verifiers = 'openssl',
): void {
  if (!isSoundPoint(publicKey) || !isSoundSignature(signature))
    throw new DomainError('signature-non-canonical');
  if (!verifiers[engine](bytes, signature, publicKey)) throw new DomainError('signature-invalid');
}
