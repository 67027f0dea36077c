// What an Ed25519 verifier must refuse before it verifies. Libraries differ here: TweetNaCl takes S + L, OpenSSL
// does not, both take an all-purpose signature under a small-order key. With this guard before them they agree.
// Source: RFC 8032, 5.1.7; Chalkias, Garillot, Nikolaenko 2020, "Taming the many EdDSAs", table 1.

const fieldPrime = 2n ** 255n - 19n;
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/** y coordinates (little-endian hex, sign bit cleared) of the points of order 1, 2, 4 and 8. */
const smallOrderY = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

/** True for a 32-byte point encoding with y < p that is not of small order. */
export function isSoundPoint(point: Uint8Array): boolean {
  if (point.length !== 32) return false;
  const y = Uint8Array.from(point);
  y[31] = (y[31] ?? 0) & 0x7f;
  return littleEndian(y) < fieldPrime && !smallOrderY.has(Buffer.from(y).toString('hex'));
}

/** True for a 64-byte signature whose R is sound and whose S is below the group order. */
export function isSoundSignature(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  return isSoundPoint(signature.subarray(0, 32)) && littleEndian(signature.subarray(32)) < groupOrder;
}
