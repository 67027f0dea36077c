// Statements about keys, and key files: signed by the right key or not, they are read or refused by a typed error.
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Envelope, payloadTypes } from '@sidemark/core/contract';
import { preAuthEncoding, signingKeyFromSeed, type SigningKey } from '@sidemark/core/signing';
import { currentOnline, openDelegation, openRotation, requireSuccessor } from '@sidemark/core/trust';
import fc from 'fast-check';
import { readKeyFile } from '../../apps/site-agent/src/identity/key-file.ts';
import { delegationOf, onlineKey, releaseKey } from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { rotationStatement } from '../support/rotation.ts';
import { always, doneOrRefused, hostileValue, patience, spoiltText, spoiltValue } from './fuzz.ts';

const [old, next] = [6, 7].map((n) => signingKeyFromSeed(new Uint8Array(32).fill(n))) as [
  SigningKey,
  SigningKey,
];
const { study, site } = { study: crypto.randomUUID(), site: crypto.randomUUID() };
const listed = openDelegation(delegationOf(onlineKey), releaseKey.publicKey);
const statement = rotationStatement({ id: site, study, key: old }, next);

/** TweetNaCl would take minutes for ten thousand signatures. */
function opensslKey({ secretKey }: SigningKey): KeyObject {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = Buffer.concat([head, secretKey.subarray(0, 32)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** Signed by the right key, whatever it says: the parser is all that stands between. */
function signed(payloadType: string, value: unknown, key: SigningKey): Envelope {
  const payload = Buffer.from(JSON.stringify(value) ?? '');
  const sig = sign(null, preAuthEncoding(payloadType, payload), opensslKey(key)).toString('base64');
  return { payloadType, payload: payload.toString('base64'), signatures: [{ keyid: key.keyId, sig }] };
}

describe('is read or refused, whatever the right key has signed:', () => {
  it(
    'a list of on-line keys',
    () =>
      always(fc.oneof(spoiltValue(listed), hostileValue), async (value) => {
        await doneOrRefused(() => {
          const envelope = signed(payloadTypes.keyDelegation, value, releaseKey);
          const read = openDelegation(envelope, releaseKey.publicKey);
          currentOnline(read, '2026-01-01T00:00:00.000Z', [onlineKey.keyId]);
          requireSuccessor(listed, read);
        });
      }),
    patience,
  );

  it(
    'the next key of a site',
    () =>
      always(fc.oneof(spoiltValue(statement), hostileValue), async (value) => {
        await doneOrRefused(() => {
          const succession = signed(payloadTypes.keyRotation, value, old);
          const possession = signed(payloadTypes.keyPossession, value, next);
          const lookup = (id: string): Uint8Array | undefined =>
            id === old.keyId ? old.publicKey : undefined;
          expect(openRotation({ succession, possession }, lookup)).toEqual(value);
        });
      }),
    patience,
  );

  it(
    'a key file',
    () =>
      always(spoiltText(keyFileText), async (bytes) => {
        await doneOrRefused(() => readKeyFile(Buffer.from(bytes).toString('utf8')));
      }),
    patience,
  );
});

const keyFileText = JSON.stringify({
  schema: 'sidemark.locked-site-key/1',
  algorithm: 'ed25519',
  publicKey: Buffer.alloc(32).toString('base64'),
  kdf: { name: 'scrypt', N: 131072, r: 8, p: 1, salt: Buffer.alloc(16).toString('base64') },
  cipher: 'xsalsa20-poly1305',
  nonce: Buffer.alloc(24).toString('base64'),
  box: Buffer.alloc(48).toString('base64'),
});
