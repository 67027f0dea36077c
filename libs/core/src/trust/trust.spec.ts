import { describe, expect, it, test } from '@jest/globals';
import { type Envelope, type KeyDelegation, type KeyRecord, payloadTypes } from '../contract/index.ts';
import { signingKeyFromSeed, signStatement, type SigningKey } from '../signing/index.ts';
import {
  currentOnline,
  draftDelegation,
  keyStateAt,
  openDelegation,
  openRotation,
  requireKey,
  requireSuccessor,
} from './index.ts';

const key = (n: number): SigningKey => signingKeyFromSeed(new Uint8Array(32).fill(n));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const [release, first, second, stranger] = [key(1), key(2), key(3), key(9)];
const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();
const refused = (code: string): Error => expect.objectContaining({ code }) as unknown as Error;

const record = (of: SigningKey, more: Partial<KeyRecord> = {}): KeyRecord => ({
  keyId: of.keyId,
  publicKey: base64(of.publicKey),
  role: 'online',
  validFrom: day(10),
  validUntil: null,
  revokedAt: null,
  ...more,
});
const start: KeyDelegation = {
  schema: 'sidemark.key-delegation/2',
  releaseKeyId: release.keyId,
  number: 1,
  issuedAt: day(10),
  online: [record(first)],
};
const signed = (statement: unknown, by = release): Envelope => {
  const { payloadType, payload, signatures } = signStatement(payloadTypes.keyDelegation, statement, by);
  return { payloadType, payload, signatures: [...signatures] };
};

describe('a key at an instant', () => {
  const bounded = record(first, { validUntil: day(20) });
  test.each<[string, KeyRecord, string, string]>([
    [
      'the moment before it begins',
      bounded,
      new Date(Date.parse(day(10)) - 1).toISOString(),
      'not-yet-valid',
    ],
    ['the moment it begins', bounded, day(10), 'valid'],
    ['the moment it ends', bounded, day(20), 'expired'],
    ['before its revocation', record(first, { revokedAt: day(15) }), day(14), 'valid'],
    ['the moment of its revocation', record(first, { revokedAt: day(15) }), day(15), 'revoked'],
  ])('%s', (_when, of, at, state) => {
    expect(keyStateAt(of, at)).toBe(state);
  });

  it('is refused by codes of their own', () => {
    expect(() => requireKey(bounded, 'online', day(9))).toThrow(refused('key-not-yet-valid'));
    expect(() => requireKey(bounded, 'online', day(9), 86_400_000)).not.toThrow();
    expect(() => requireKey(bounded, 'online', day(20))).toThrow(refused('key-expired'));
    expect(() => requireKey(bounded, 'site', day(11))).toThrow(refused('signer-role'));
    const revoked = record(first, { revokedAt: day(12) });
    expect(() => requireKey(revoked, 'online', day(13))).toThrow(refused('key-revoked'));
  });
});

describe('a list of on-line keys', () => {
  it('opens under the release key alone, and must agree with itself', () => {
    expect(openDelegation(signed(start), release.publicKey)).toEqual(start);
    expect(() => openDelegation(signed(start, stranger), release.publicKey)).toThrow(
      refused('signer-unknown'),
    );
    const twice = { ...start, online: [record(first), record(first)] };
    expect(() => openDelegation(signed(twice), release.publicKey)).toThrow(refused('envelope-malformed'));
    const lying = { ...start, online: [record(first, { publicKey: base64(second.publicKey) })] };
    expect(() => openDelegation(signed(lying), release.publicKey)).toThrow(refused('envelope-malformed'));
    const other = { ...start, online: [record(first, { role: 'site' })] };
    expect(() => openDelegation(signed(other), release.publicKey)).toThrow(refused('signer-role'));
  });

  const change = { rotate: true, overlapHours: 24, validDays: 30, revoke: [] as string[] };
  const next = { keyId: second.keyId, publicKey: base64(second.publicKey) };
  const now = new Date(day(12));

  it('ends the key before after the overlap, and begins the next one at once', () => {
    const drafted = draftDelegation(start, change, next, [second.keyId], now);
    expect(drafted).toMatchObject({
      number: 2,
      online: [
        { keyId: first.keyId, validUntil: day(13) },
        { keyId: second.keyId, validFrom: day(12), validUntil: day(42) },
      ],
    });
    expect(() => requireSuccessor(start, drafted)).not.toThrow();
    expect(currentOnline(drafted, now, [first.keyId, second.keyId])?.keyId).toBe(second.keyId);
    expect(currentOnline(drafted, now, [first.keyId])?.keyId).toBe(first.keyId);
    expect(currentOnline(drafted, day(14), [first.keyId])).toBeUndefined();
  });

  it('leaves a key to sign with, and revokes on-line keys only', () => {
    const revoke = { ...change, rotate: false, revoke: [first.keyId] };
    const draft = (what: typeof change) => () => draftDelegation(start, what, next, [first.keyId], now);
    expect(draft(revoke)).toThrow(refused('state-conflict'));
    expect(draft({ ...revoke, revoke: [stranger.keyId] })).toThrow(refused('not-found'));
  });

  const revoked = { ...start, number: 2, online: [record(first, { revokedAt: day(12) }), record(second)] };
  test.each<[string, KeyDelegation]>([
    ['skips a number', { ...revoked, number: 4 }],
    ['repeats a number', revoked],
    ['goes back in time', { ...revoked, number: 3, issuedAt: day(9) }],
    ['forgets a key', { ...revoked, number: 3, online: [record(second)] }],
    ['takes a revocation back', { ...revoked, number: 3, online: [record(first), record(second)] }],
    [
      'revokes later than before',
      { ...revoked, number: 3, online: [record(first, { revokedAt: day(13) }), record(second)] },
    ],
    [
      'lets a key begin earlier',
      { ...revoked, number: 3, online: [revoked.online[0]!, record(second, { validFrom: day(1) })] },
    ],
  ])('that %s does not follow', (_what, bad) => {
    expect(() => requireSuccessor(revoked, bad)).toThrow(refused('delegation-invalid'));
  });
});

describe('a change of a site key', () => {
  const ids = { study: crypto.randomUUID(), site: crypto.randomUUID() };
  const statement = {
    schema: 'sidemark.key-rotation/1',
    ...ids,
    oldKeyId: first.keyId,
    newKeyId: second.keyId,
    newPublicKey: base64(second.publicKey),
    issuedAt: day(12),
  };
  const seal = (type: string, said: unknown, by: SigningKey): Envelope => {
    const { payloadType, payload, signatures } = signStatement(type, said, by);
    return { payloadType, payload, signatures: [...signatures] };
  };
  const { keyRotation, keyPossession } = payloadTypes;
  const older = (id: string): Uint8Array | undefined => (id === first.keyId ? first.publicKey : undefined);
  const rotation = (said: object, possession = seal(keyPossession, said, second), by = first) => ({
    succession: seal(keyRotation, said, by),
    possession,
  });

  it('holds when both keys have signed the same words', () => {
    expect(openRotation(rotation(statement), older)).toEqual(statement);
  });

  test.each<[string, ReturnType<typeof rotation>, string]>([
    ['by a stranger', rotation(statement, undefined, stranger), 'signer-unknown'],
    ['without the new key', rotation(statement, seal(keyPossession, statement, first)), 'signer-unknown'],
    [
      'with the old signature twice',
      rotation(statement, seal(keyRotation, statement, first)),
      'envelope-type-unexpected',
    ],
    [
      'with possession of other words',
      rotation(statement, seal(keyPossession, { ...statement, site: crypto.randomUUID() }, second)),
      'key-rotation-invalid',
    ],
    [
      'that names another old key',
      rotation({ ...statement, oldKeyId: stranger.keyId }),
      'key-rotation-invalid',
    ],
    [
      'that names another new key',
      rotation({ ...statement, newKeyId: stranger.keyId }),
      'key-rotation-invalid',
    ],
    [
      'to the same key',
      rotation({ ...statement, newKeyId: first.keyId, newPublicKey: base64(first.publicKey) }),
      'key-rotation-invalid',
    ],
    ['with a field more', rotation({ ...statement, role: 'online' }), 'key-rotation-invalid'],
  ])('is refused %s', (_what, bad, code) => {
    expect(() => openRotation(bad, older)).toThrow(refused(code));
  });
});
