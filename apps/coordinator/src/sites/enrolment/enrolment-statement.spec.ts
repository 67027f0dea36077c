import { describe, expect, it } from '@jest/globals';
import { Envelope, type EnrolmentStatement, payloadTypes } from '@sidemark/core/contract';
import { keyIdOf, sha256, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { openEnrolment } from './enrolment-statement.ts';

const key = signingKeyFromSeed(new Uint8Array(32).fill(1));
const thief = signingKeyFromSeed(new Uint8Array(32).fill(2));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const id = '00000000-0000-4000-8000-000000000000';
const statement: EnrolmentStatement = {
  schema: 'sidemark.enrolment/1',
  study: id,
  site: id,
  sitePublicKey: base64(key.publicKey),
  releasePublicKey: base64(thief.publicKey),
  tokenId: id,
  nonce: '0'.repeat(64),
};
const signed = (value: unknown = statement, by = key, type: string = payloadTypes.enrolment): Envelope =>
  Envelope.parse(signStatement(type, value, by));

describe('opening an enrolment statement', () => {
  it('gives the key inside, once that very key has verified it', () => {
    const envelope = signed();
    const opened = openEnrolment(envelope);
    expect(opened.siteKeyId).toBe(keyIdOf(key.publicKey));
    expect(opened.digest).toBe(sha256(Buffer.from(envelope.payload, 'base64')));
  });

  it('refuses a statement signed by another key than the one inside', () => {
    expect(() => openEnrolment(signed(statement, thief))).toThrow(
      expect.objectContaining({ code: 'signer-unknown' }),
    );
    const renamed = signed(statement, thief);
    renamed.signatures[0]!.keyid = key.keyId;
    expect(() => openEnrolment(renamed)).toThrow(expect.objectContaining({ code: 'signature-invalid' }));
  });

  it('refuses a key of small order, under which anything verifies', () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const envelope = signed({ ...statement, sitePublicKey: base64(identity) });
    envelope.signatures[0]!.keyid = keyIdOf(identity);
    expect(() => openEnrolment(envelope)).toThrow(
      expect.objectContaining({ code: 'signature-non-canonical' }),
    );
  });

  it('refuses another kind of statement and one with something more in it', () => {
    const hello = signed(statement, key, payloadTypes.siteHello);
    expect(() => openEnrolment(hello)).toThrow(expect.objectContaining({ code: 'envelope-type-unexpected' }));
    const more = signed({ ...statement, approved: true });
    expect(() => openEnrolment(more)).toThrow(
      expect.objectContaining({ code: 'enrolment-statement-invalid' }),
    );
  });
});
