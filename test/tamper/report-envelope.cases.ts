// Reports whose outside is wrong: envelope, signature, key, size.
import { gzipSync } from 'node:zlib';
import { type Envelope, payloadTypes } from '@sidemark/core/contract';
import { keyIdOf, type SigningKey, signStatement } from '@sidemark/core/signing';
import { signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import type { HostileCase } from './hostile.ts';
import type { World } from './world.ts';

const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const identity = littleEndian(1n);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const claiming = (key: SigningKey, by: SigningKey): SigningKey => ({ ...by, keyId: key.keyId });
const honest = ({ bench }: World): Envelope => signReport(bench.report(bench.alpha), bench.alpha.key);

/** The envelope with another signature, made from the honest one. */
function resigned(envelope: Envelope, change: (sig: Buffer) => Uint8Array): Envelope {
  const [{ keyid, sig }] = envelope.signatures as [{ keyid: string; sig: string }];
  return { ...envelope, signatures: [{ keyid, sig: base64(change(Buffer.from(sig, 'base64'))) }] };
}

function withPayload(envelope: Envelope, change: (text: string) => string): Envelope {
  const text = Buffer.from(envelope.payload, 'base64').toString();
  return { ...envelope, payload: base64(Buffer.from(change(text))) };
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
}

/** An all-purpose signature (R the identity, S zero) under a key that was smuggled into the site's rows. */
async function underUnsoundKey(world: World, publicKey: Uint8Array): Promise<Envelope> {
  const { bench } = world;
  const keyId = keyIdOf(publicKey);
  const row = { keyId, publicKey: base64(publicKey), role: 'site' as const, siteId: bench.alpha.id };
  await world.database.transaction((tx) => tx.key.create({ data: { ...row, validFrom: new Date(0) } }));
  const envelope = signReport(bench.report(bench.alpha, { siteKeyId: keyId }), {
    ...bench.alpha.key,
    keyId,
  });
  return resigned(envelope, () => Buffer.concat([identity, Buffer.alloc(32)]));
}

type Make = (world: World) => unknown;
const sent = (expected: string, name: string, make: Make): HostileCase => ({
  door: 'report',
  name,
  expected,
  prepare: async (world) => {
    const body = JSON.stringify(await make(world));
    return () => world.sendReport(body);
  },
});
const raw = (
  expected: string,
  name: string,
  make: (world: World) => string | Uint8Array,
  headers: Record<string, string> = {},
): HostileCase => ({
  door: 'report',
  name,
  expected,
  prepare: (world) => () =>
    world.request('POST', '/api/site/reports', make(world), world.bench.alpha.token, headers),
});

const keyCases: HostileCase[] = [
  sent('signature-invalid', 'forged: signed by another site under this key id', ({ bench }) =>
    signReport(bench.report(bench.alpha), claiming(bench.alpha.key, bench.beta.key)),
  ),
  sent('report-wrong-site', 'signed by the key of another site', ({ bench }) =>
    signReport(bench.report(bench.alpha), bench.beta.key),
  ),
  sent('signer-role', 'signed by the on-line key', ({ bench }) =>
    signReport(bench.report(bench.alpha), bench.onlineKey),
  ),
  sent('signer-unknown', 'signed under a key id that nobody has', ({ bench }) =>
    signReport(bench.report(bench.alpha), { ...bench.alpha.key, keyId: 'a'.repeat(64) }),
  ),
  sent('envelope-malformed', 'key id in upper case', ({ bench }) =>
    signReport(bench.report(bench.alpha), {
      ...bench.alpha.key,
      keyId: bench.alpha.key.keyId.toUpperCase(),
    }),
  ),
  sent('signature-non-canonical', 'all-purpose signature, small-order key', (world) =>
    underUnsoundKey(world, identity),
  ),
  sent('signature-non-canonical', 'all-purpose signature, key y = p + 1', (world) =>
    underUnsoundKey(world, littleEndian(2n ** 255n - 18n)),
  ),
];

const signatureCases: HostileCase[] = [
  sent('signature-invalid', 'one byte of a figure altered', (world) =>
    withPayload(honest(world), (text) => text.replace('"value":0.8', '"value":0.9')),
  ),
  sent('signature-invalid', 'one space put into the payload', (world) =>
    withPayload(honest(world), (text) => text.replace('{', '{ ')),
  ),
  sent('signature-invalid', 'one bit of S altered', (world) =>
    resigned(honest(world), (sig) => flipped(sig, 33)),
  ),
  sent('signature-invalid', 'S = 0', (world) =>
    resigned(honest(world), (sig) => Buffer.concat([sig.subarray(0, 32), Buffer.alloc(32)])),
  ),
  sent('signature-non-canonical', 'S + L', (world) =>
    resigned(honest(world), (sig) => {
      const s = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString('hex')}`);
      return Buffer.concat([sig.subarray(0, 32), littleEndian(s + groupOrder)]);
    }),
  ),
  sent('signature-non-canonical', 'S = L', (world) =>
    resigned(honest(world), (sig) => Buffer.concat([sig.subarray(0, 32), littleEndian(groupOrder)])),
  ),
  sent('signature-non-canonical', 'small-order R', (world) =>
    resigned(honest(world), (sig) => Buffer.concat([identity, sig.subarray(32)])),
  ),
];

const envelopeCases: HostileCase[] = [
  sent('envelope-malformed', 'not an envelope', () => ({ hello: 'world' })),
  sent('envelope-malformed', 'a list', () => []),
  sent('envelope-malformed', 'signature cut short', (world) => {
    const { signatures, ...rest } = honest(world);
    return { ...rest, signatures: signatures.map((one) => ({ ...one, sig: one.sig.slice(0, 84) })) };
  }),
  sent('envelope-malformed', 'payload base64 cut short', (world) => {
    const { payload, ...rest } = honest(world);
    return { ...rest, payload: payload.replace(/=*$/, '').slice(0, -1) };
  }),
  sent('envelope-malformed', 'payload base64 in its second spelling', (world) => {
    const envelope = honest(world);
    const payload = base64(Buffer.concat([Buffer.from(envelope.payload, 'base64').subarray(0, 4)]));
    return { ...envelope, payload: payload.replace(/(.)==$/, (_, last: string) => `${next(last)}==`) };
  }),
  sent('envelope-malformed', 'two signatures', (world) => {
    const envelope = honest(world);
    return { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] };
  }),
  sent('envelope-malformed', 'no signature', (world) => ({ ...honest(world), signatures: [] })),
  sent('envelope-malformed', 'an unknown envelope key', (world) => ({ ...honest(world), note: 'x' })),
  raw('envelope-malformed', '__proto__ in the envelope', (world) =>
    JSON.stringify(honest(world)).replace('{', '{"__proto__":{"polluted":1},'),
  ),
  sent('envelope-type-unexpected', 'a hello envelope', ({ bench }) =>
    signStatement(payloadTypes.siteHello, { schema: 'sidemark.site-hello/1' }, bench.alpha.key),
  ),
  sent('envelope-type-unexpected', 'a report under the type of a receipt', ({ bench }) =>
    signStatement(payloadTypes.receipt, bench.report(bench.alpha), bench.alpha.key),
  ),
  sent('signature-invalid', 'the type swapped after signing', ({ bench }) => ({
    ...signStatement(payloadTypes.siteHello, bench.report(bench.alpha), bench.alpha.key),
    payloadType: payloadTypes.report,
  })),
];

const bodyCases: HostileCase[] = [
  raw('invalid-input', 'no JSON', () => '{"payload":'),
  raw('envelope-malformed', 'an envelope sent as text', (world) => JSON.stringify(honest(world)), {
    'content-type': 'text/plain',
  }),
  raw('envelope-malformed', '10,000 levels of JSON', () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  raw('payload-too-large', 'a body of 2 MB', () => JSON.stringify({ payload: 'A'.repeat(2_000_000) })),
  raw('payload-too-large', '50 MB of zeros in 50 kB of gzip', () => gzipSync(Buffer.alloc(50_000_000, 48)), {
    'content-encoding': 'gzip',
  }),
  sent('envelope-malformed', 'a payload just over its limit', (world) => ({
    ...honest(world),
    payload: 'A'.repeat(1_000_004),
  })),
];

/** The base64 digit after this one: other unused bits, the same bytes. */
function next(digit: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return digits[digits.indexOf(digit) + 1]!;
}

export const reportEnvelopeCases = [...keyCases, ...signatureCases, ...envelopeCases, ...bodyCases];
