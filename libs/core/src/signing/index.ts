export { canonicalBytes, canonicalJson, digestOf } from './canonical-json.ts';
export { carriedNonce } from './carried-nonce.ts';
export { hmacSha256, sha256 } from './digest.ts';
export {
  isSoundPublicKey,
  keyIdOf,
  signBytes,
  signingKeyFromSeed,
  verifiers,
  verifyBytes,
} from './ed25519.ts';
export type { SigningKey } from './ed25519.ts';
export { decodeBase64, openEnvelope, preAuthEncoding, signStatement } from './envelope.ts';
export type { Envelope, KeyLookup, OpenedEnvelope } from './envelope.ts';
export { chainStart, firstBrokenLink, linkHash } from './hash-chain.ts';
export type { ChainLink } from './hash-chain.ts';
export { lockSeed, strongScrypt, unlockSeed } from './locked-seed.ts';
export type { LockedSeed, ScryptCost } from './locked-seed.ts';
export { isSoundPoint, isSoundSignature } from './point-guard.ts';
export { sixWords } from './six-words.ts';
