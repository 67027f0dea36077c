// Parsers of what comes over the wire: whatever comes, it is read or refused by a typed error.
import { describe, expect, it } from '@jest/globals';
import {
  CarriedEnrolment,
  CarriedReport,
  payloadTypes,
  ProtocolDocument,
  ProtocolDraft,
} from '@sidemark/core/contract';
import {
  canonicalBytes,
  canonicalJson,
  decodeBase64,
  openEnvelope,
  signingKeyFromSeed,
  signStatement,
} from '@sidemark/core/signing';
import fc from 'fast-check';
import { byteRange } from '../../apps/coordinator/src/models/handout/byte-range.ts';
import {
  classifierManifest,
  detectorManifest,
  multitaskManifest,
} from '../../apps/coordinator/src/models/manifest.sample.ts';
import { readManifest } from '../../apps/coordinator/src/models/read-manifest.ts';
import { parseInput } from '../../apps/coordinator/src/platform/http/zod.pipe.ts';
import { sampleProtocol } from '../../apps/coordinator/src/protocols/protocol.sample.ts';
import { sampleDraft } from '../../apps/coordinator/src/protocols/registry.sample.ts';
import { readEnvelope } from '../../apps/coordinator/src/reports/acceptance/open-report.ts';
import { readReport, requireCoherent } from '../../apps/coordinator/src/reports/acceptance/read-report.ts';
import { openEnrolment } from '../../apps/coordinator/src/sites/enrolment/enrolment-statement.ts';
import { drawnResult, exampleReport } from '../support/report-fixture.ts';
import { always, doneOrRefused, hostileValue, patience, spoiltText, spoiltValue } from './fuzz.ts';

const key = signingKeyFromSeed(new Uint8Array(32).fill(5));
const report = exampleReport();
const envelope = signStatement(payloadTypes.report, report, key);
const lookup = (id: string): Uint8Array | undefined => (id === key.keyId ? key.publicKey : undefined);

describe('is read or refused, whatever comes:', () => {
  it(
    'an envelope, and only the bytes that were signed come out of it',
    () =>
      always(fc.oneof(spoiltValue(envelope), hostileValue), async (value) => {
        await doneOrRefused(() => {
          const { payload } = openEnvelope(readEnvelope(value), payloadTypes.report, lookup);
          expect(Buffer.compare(payload, canonicalBytes(report))).toBe(0);
        });
      }),
    patience,
  );

  it(
    'the JSON text of an envelope',
    () =>
      always(spoiltText(JSON.stringify(envelope)), async (bytes) => {
        let value: unknown;
        try {
          value = JSON.parse(Buffer.from(bytes).toString('utf8'));
        } catch {
          return;
        }
        await doneOrRefused(() => openEnvelope(readEnvelope(value), payloadTypes.report, lookup));
      }),
    patience,
  );

  const carriedReport = { schema: 'sidemark.carried-report/1', report: envelope };
  it(
    'a carried report, and only the bytes that were signed come out of it',
    () =>
      always(fc.oneof(spoiltValue(carriedReport), hostileValue), async (value) => {
        await doneOrRefused(() => {
          const { report: inside } = parseInput(CarriedReport, value);
          const { payload } = openEnvelope(readEnvelope(inside), payloadTypes.report, lookup);
          expect(Buffer.compare(payload, canonicalBytes(report))).toBe(0);
        });
      }),
    patience,
  );

  const enrolment = {
    schema: 'sidemark.enrolment/1',
    study: '00000000-0000-4000-8000-000000000001',
    site: '00000000-0000-4000-8000-000000000002',
    sitePublicKey: Buffer.from(key.publicKey).toString('base64'),
    releasePublicKey: Buffer.from(key.publicKey).toString('base64'),
    tokenId: '00000000-0000-4000-8000-000000000003',
    nonce: 'a'.repeat(64),
  };
  const carriedEnrolment = {
    schema: 'sidemark.carried-enrolment/1',
    statement: signStatement(payloadTypes.enrolment, enrolment, key),
  };
  it(
    'a carried enrolment, and only what its key has signed comes out of it',
    () =>
      always(fc.oneof(spoiltValue(carriedEnrolment), hostileValue), async (value) => {
        await doneOrRefused(() => {
          const { statement } = parseInput(CarriedEnrolment, value);
          expect(openEnrolment(statement).statement).toEqual(enrolment);
        });
      }),
    patience,
  );

  it(
    'the bytes of a report, and each report has one text',
    () =>
      always(fc.oneof(spoiltText(canonicalJson(report)), fc.uint8Array()), async (bytes) => {
        await doneOrRefused(() => {
          expect(Buffer.compare(canonicalBytes(readReport(bytes)), bytes)).toBe(0);
        });
      }),
    patience,
  );

  it.each([
    ['report', report],
    ['report of what was drawn', exampleReport(drawnResult)],
  ])(
    'the fields of a %s',
    (_, whole) =>
      always(spoiltValue(whole), async (value) => {
        await doneOrRefused(() => {
          const read = readReport(Buffer.from(JSON.stringify(value) ?? ''));
          requireCoherent(read.result, sampleProtocol);
        });
      }),
    patience,
  );

  it.each([
    ['classifier', classifierManifest('chest', 'a'.repeat(64))],
    ['detector', detectorManifest('markers', 'b'.repeat(64))],
    ['classifier that segments', multitaskManifest('both', 'c'.repeat(64))],
  ])(
    'the manifest of a %s',
    (_, manifest) =>
      always(fc.oneof(spoiltValue(manifest), hostileValue), async (value) => {
        await doneOrRefused(() => canonicalJson(readManifest(value)));
      }),
    patience,
  );

  it(
    'a protocol document',
    () =>
      always(fc.oneof(spoiltValue(sampleProtocol), hostileValue), async (value) => {
        await doneOrRefused(() => canonicalJson(ProtocolDocument.parse(value)));
      }),
    patience,
  );

  it(
    'the draft of a protocol',
    () =>
      always(fc.oneof(spoiltValue(sampleDraft), hostileValue), async (value) => {
        await doneOrRefused(() => canonicalJson(parseInput(ProtocolDraft, value)));
      }),
    patience,
  );

  it(
    'base64, of which each text is the only one for its bytes',
    () =>
      always(fc.oneof(fc.string(), fc.base64String()), async (text) => {
        await doneOrRefused(() => {
          expect(Buffer.from(decodeBase64(text)).toString('base64')).toBe(text);
        });
      }),
    patience,
  );

  it(
    'a Range header, which never leads outside the file',
    () =>
      always(fc.tuple(rangeHeader, fc.integer({ min: 1, max: 2 ** 40 })), async ([header, sizeBytes]) => {
        const range = byteRange(header, undefined, '"a"', sizeBytes);
        if (range.kind !== 'part') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(sizeBytes);
        return Promise.resolve();
      }),
    patience,
  );

  it(
    'canonical JSON, which says the same again when it is read',
    () =>
      always(fc.jsonValue(), async (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        return Promise.resolve();
      }),
    patience,
  );

  it(
    'canonical JSON of what is no JSON: text or RangeError',
    () =>
      always(fc.anything(), async (value) => {
        try {
          expect(typeof canonicalJson(value)).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        return Promise.resolve();
      }),
    patience,
  );
});

const digits = fc.oneof(
  fc.constant(''),
  fc.nat().map(String),
  fc.bigInt({ min: 0n }).map(String),
  fc.string(),
);
const rangeHeader = fc.oneof(
  fc.string(),
  fc.tuple(digits, digits).map(([from, to]) => `bytes=${from}-${to}`),
);
