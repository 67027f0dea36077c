import { describe, expect, it } from '@jest/globals';
import { type CoordinatorHello, payloadTypes, type SiteHello } from '@sidemark/core/contract';
import { openEnvelope, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { checkSiteHello } from './challenge.ts';

const key = signingKeyFromSeed(new Uint8Array(32).fill(1));
const other = signingKeyFromSeed(new Uint8Array(32).fill(2));
const fields = {
  contract: 1,
  address: 'https://trial.example',
  siteKeyId: key.keyId,
  coordinatorKeyId: other.keyId,
  siteNonce: 'a'.repeat(64),
  coordinatorNonce: 'b'.repeat(64),
};
const hello: CoordinatorHello = {
  schema: 'sidemark.coordinator-hello/1',
  ...fields,
  issuedAt: '2026-01-01T00:00:00.000Z',
};
const answer: SiteHello = { schema: 'sidemark.site-hello/1', ...fields, agentVersion: '0.1.0' };
const signed = (statement: unknown, type: string = payloadTypes.siteHello, by = key): unknown =>
  signStatement(type, statement, by);
const code = (value: string): unknown => expect.objectContaining({ code: value });

describe('the answer to the challenge', () => {
  it('is the site’s own statement with every field as we said it', () => {
    expect(checkSiteHello(signed(answer), hello, key.publicKey)).toEqual(answer);
  });

  it.each(Object.keys(fields) as (keyof typeof fields)[])('is refused when %s differs', (field) => {
    const value = { ...fields, contract: 99, address: 'https://else.example' }[field];
    const twisted = { ...answer, [field]: value === fields[field] ? 'c'.repeat(64) : value };
    expect(() => checkSiteHello(signed(twisted), hello, key.publicKey)).toThrow(code('challenge-failed'));
  });

  it('is refused from another key, of another kind, or when it is no envelope at all', () => {
    expect(() => checkSiteHello(signed(answer, payloadTypes.siteHello, other), hello, key.publicKey)).toThrow(
      code('signer-unknown'),
    );
    expect(() => checkSiteHello(signed(answer, payloadTypes.report), hello, key.publicKey)).toThrow(
      code('envelope-type-unexpected'),
    );
    expect(() => checkSiteHello('garbage', hello, key.publicKey)).toThrow(code('challenge-failed'));
    expect(() => checkSiteHello(signed({ nothing: true }), hello, key.publicKey)).toThrow(
      code('challenge-failed'),
    );
  });

  it('never verifies as a report, however it is labelled', () => {
    const envelope = signStatement(payloadTypes.siteHello, answer, key);
    const asReport = { ...envelope, payloadType: payloadTypes.report };
    const lookup = (): Uint8Array => key.publicKey;
    expect(() => openEnvelope(envelope, payloadTypes.report, lookup)).toThrow(
      code('envelope-type-unexpected'),
    );
    expect(() => openEnvelope(asReport, payloadTypes.report, lookup)).toThrow(code('signature-invalid'));
  });
});
