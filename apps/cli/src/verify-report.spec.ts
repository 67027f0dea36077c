import { describe, expect, it } from '@jest/globals';
import { type KeyRecord, payloadTypes, type ReportBundle } from '@sidemark/core/contract';
import { signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import {
  exampleBundle,
  exampleReport,
  exampleResult,
  testKeys,
} from '../../../test/support/report-fixture.ts';
import { verifyReport } from './verify-report.ts';

const fingerprint = testKeys.release.keyId;
const refused = (code: string): Error => expect.objectContaining({ code }) as unknown as Error;

const [received, later] = ['2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00.001Z'];
const withKey = (key: Partial<KeyRecord>): ReportBundle => exampleBundle(exampleReport(), key);

describe('off-line verification of a report', () => {
  const bundle = exampleBundle();

  it('walks from the release key to the result digest', () => {
    const verified = verifyReport(bundle, fingerprint);
    expect(verified.report.result.images.evaluated.images).toBe(40);
    expect(verified.steps).toHaveLength(9);
  });

  it('takes a report whose key was revoked or followed by another after its receipt', () => {
    const changed = withKey({ revokedAt: later, validUntil: later });
    expect(verifyReport(changed, fingerprint).receivedAt).toBe(received);
  });

  it.each([
    ['another release key', bundle, 'f'.repeat(64), 'fingerprint-mismatch'],
    [
      'figures changed after signing',
      { ...bundle, envelope: { ...bundle.envelope, payload: Buffer.from('{}').toString('base64') } },
      fingerprint,
      'signature-invalid',
    ],
    [
      'a receipt for other bytes',
      {
        ...bundle,
        receipt: exampleBundle({ ...exampleReport(), header: { ...exampleReport().header, sequence: 2 } })
          .receipt,
      },
      fingerprint,
      'report-digest-mismatch',
    ],
    [
      'a result digest that does not fit',
      exampleBundle({ ...exampleReport(), resultDigest: 'a'.repeat(64) }),
      fingerprint,
      'report-digest-mismatch',
    ],
    [
      'a receipt signed by the site itself',
      { ...bundle, receipt: signStatement(payloadTypes.receipt, {}, testKeys.site) },
      fingerprint,
      'signer-unknown',
    ],
    [
      'another site’s signature',
      {
        ...bundle,
        envelope: signStatement(
          payloadTypes.report,
          exampleReport({ ...exampleResult, inert: { inpainted: 1, clipped: 1 } }),
          signingKeyFromSeed(new Uint8Array(32).fill(9)),
        ),
      },
      fingerprint,
      'signer-unknown',
    ],
    ['a site key revoked before the receipt', withKey({ revokedAt: received }), fingerprint, 'key-revoked'],
    ['a site key whose time was up', withKey({ validUntil: received }), fingerprint, 'key-expired'],
    ['a site key from after it', withKey({ validFrom: later }), fingerprint, 'key-not-yet-valid'],
    ['a key of another role', withKey({ role: 'online' }), fingerprint, 'signer-role'],
  ])('refuses %s', (_name, bad, print, code) => {
    expect(() => verifyReport(bad, print)).toThrow(refused(code));
  });
});
