import { describe, expect, it } from '@jest/globals';
import {
  canonicalJson,
  digestOf,
  firstBrokenLink,
  linkHash,
  chainStart,
  openEnvelope,
  signingKeyFromSeed,
  signStatement,
  sixWords,
} from './index.ts';

const key = signingKeyFromSeed(new Uint8Array(32).fill(1));
const other = signingKeyFromSeed(new Uint8Array(32).fill(2));
const type = 'application/vnd.sidemark.test.v1+json';
const known = (id: string): Uint8Array | undefined => (id === key.keyId ? key.publicKey : undefined);
const code = (c: string): unknown => expect.objectContaining({ code: c });

describe('a DSSE envelope', () => {
  const envelope = signStatement(type, { b: 1, a: [1.5, 'ü'] }, key);

  it('gives back the exact bytes that were signed, as canonical JSON', () => {
    const opened = openEnvelope(envelope, type, known);
    expect(new TextDecoder().decode(opened.payload)).toBe('{"a":[1.5,"ü"],"b":1}');
    expect(opened.keyId).toBe(key.keyId);
  });

  it.each([
    [
      'an altered payload',
      { ...envelope, payload: Buffer.from('{"a":2}').toString('base64') },
      'signature-invalid',
    ],
    ['another payload type', { ...envelope, payloadType: `${type}x` }, 'envelope-type-unexpected'],
    ['an unknown signer', signStatement(type, {}, other), 'signer-unknown'],
    [
      'a borrowed key id',
      {
        ...signStatement(type, {}, other),
        signatures: [{ ...signStatement(type, {}, other).signatures[0]!, keyid: key.keyId }],
      },
      'signature-invalid',
    ],
    ['no signature', { ...envelope, signatures: [] }, 'envelope-malformed'],
    [
      'two signatures',
      { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] },
      'envelope-malformed',
    ],
    ['base64 with a second spelling', { ...envelope, payload: `${envelope.payload}=` }, 'envelope-malformed'],
  ])('refuses %s', (_name, bad, expected) => {
    expect(() => openEnvelope(bad, type, known)).toThrow(code(expected));
  });

  it('binds the payload type: the same bytes under another type do not verify', () => {
    const moved = { ...envelope, payloadType: 'application/vnd.sidemark.report.v1+json' };
    expect(() => openEnvelope(moved, moved.payloadType, known)).toThrow(code('signature-invalid'));
  });
});

describe('canonical JSON', () => {
  it('sorts keys and refuses what JSON cannot say', () => {
    expect(canonicalJson({ z: 1, a: { y: 2, b: 3 } })).toBe('{"a":{"b":3,"y":2},"z":1}');
    expect(() => canonicalJson({ a: NaN })).toThrow(RangeError);
    expect(() => canonicalJson(undefined)).toThrow(RangeError);
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
  });
});

describe('six words', () => {
  it('spell the first 66 bits of a digest and differ when those differ', () => {
    expect(sixWords('0'.repeat(64))).toEqual(Array(6).fill('abandon'));
    expect(sixWords('f'.repeat(64))).toEqual(Array(6).fill('zoo'));
    expect(sixWords(`${'0'.repeat(16)}4${'0'.repeat(47)}`)[5]).toBe('ability');
    expect(sixWords('0'.repeat(16).concat('0'.repeat(47), '1'))).toEqual(Array(6).fill('abandon'));
  });
});

describe('a hash chain', () => {
  it('finds the first link that was changed, removed or put in', () => {
    const entries = [{ n: 1 }, { n: 2 }, { n: 3 }];
    let previous = chainStart;
    const links = entries.map((entry) => {
      const hash = linkHash(previous, entry);
      const link = { previous, hash, entry };
      previous = hash;
      return link;
    });
    expect(firstBrokenLink(links)).toBe(-1);
    expect(firstBrokenLink(links.map((l, i) => (i === 1 ? { ...l, entry: { n: 9 } } : l)))).toBe(1);
    expect(firstBrokenLink([links[0]!, links[2]!])).toBe(1);
    expect(firstBrokenLink(links.slice(1))).toBe(0);
  });
});
