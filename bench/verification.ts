// Stored reports verified per second: through the guard with node:crypto, as the coordinator and the bundle do it,
// against TweetNaCl alone. They take turns, so that whatever else the machine does meets both.
import { payloadTypes } from '@sidemark/core/contract';
import {
  type Envelope,
  openEnvelope,
  preAuthEncoding,
  type SigningKey,
  signingKeyFromSeed,
  signStatement,
} from '@sidemark/core/signing';
import { randomBytes } from 'node:crypto';
import nacl from 'tweetnacl';
import { exampleReport } from '../test/support/report-fixture.ts';
import { type Line, median, perSecond, round } from './line.ts';

const rounds = 9;
const reports = 100;

interface Stored {
  readonly envelope: Envelope;
  readonly key: SigningKey;
}

function storedReports(): Stored[] {
  return Array.from({ length: reports }, (_, i) => {
    const key = signingKeyFromSeed(randomBytes(32));
    const report = exampleReport();
    const numbered = { ...report, header: { ...report.header, sequence: i + 1 } };
    return { envelope: signStatement(payloadTypes.report, numbered, key), key };
  });
}

function timed(stored: readonly Stored[], verify: (one: Stored) => void): number {
  const start = performance.now();
  stored.forEach(verify);
  return perSecond(stored.length, performance.now() - start);
}

const throughTheGuard = ({ envelope, key }: Stored): void =>
  void openEnvelope(envelope, payloadTypes.report, () => key.publicKey);

const withTweetnaclAlone = ({ envelope, key }: Stored): void => {
  const payload = Uint8Array.from(Buffer.from(envelope.payload, 'base64'));
  const signature = Uint8Array.from(Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'));
  const message = Uint8Array.from(preAuthEncoding(envelope.payloadType, payload));
  if (!nacl.sign.detached.verify(message, signature, key.publicKey)) throw new Error('must verify');
};

export function benchVerification(): Line[] {
  const stored = storedReports();
  const bytes = Buffer.byteLength(stored[0]?.envelope.payload ?? '', 'base64');
  const [guard, alone]: [number[], number[]] = [[], []];
  for (let i = -2; i < rounds; i += 1) {
    const both = [timed(stored, throughTheGuard), timed(stored, withTweetnaclAlone)] as const;
    if (i < 0) continue;
    guard.push(both[0]);
    alone.push(both[1]);
  }
  const ratio = median(guard.map((value, i) => value / alone[i]!));
  return [
    {
      what: `stored reports of ${bytes} bytes verified`,
      measured: `${round(median(guard))} /s through the guard, one core`,
      reference: `TweetNaCl alone: ${round(median(alone))} /s`,
      ratio: `${ratio.toFixed(1)} x`,
      limit: 'one core: the curve, and the guard\u2019s own checks of key and R',
    },
  ];
}
