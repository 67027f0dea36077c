// A site's change of its own key, as the coordinator and every later reader judge it: the old key names the new one,
// and the new one proves that it is there.
import { type Envelope, KeyRotation, payloadTypes, type RotateSiteKey } from '../contract/index.ts';
import { DomainError } from '../errors/index.ts';
import { decodeBase64, isSoundPublicKey, keyIdOf, type KeyLookup, openEnvelope } from '../signing/index.ts';

/**
 * The statement of a succession, signed by an older key of the site.
 * @param older gives the site's keys; may throw its own refusal.
 * @throws DomainError of `openEnvelope`, `key-rotation-invalid`, `signature-non-canonical`
 */
export function openSuccession(succession: Envelope, older: KeyLookup): KeyRotation {
  const { payload, keyId } = openEnvelope(succession, payloadTypes.keyRotation, older);
  const rotation = parsed(payload);
  const newKey = decodeBase64(rotation.newPublicKey);
  if (rotation.oldKeyId !== keyId) throw invalid('another key signed it than the one it names');
  if (keyIdOf(newKey) !== rotation.newKeyId || rotation.newKeyId === rotation.oldKeyId)
    throw invalid('the new key is not the one it names');
  if (!isSoundPublicKey(newKey)) throw new DomainError('signature-non-canonical');
  return rotation;
}

/** The same, with the proof that the new key is in the site's hands. @throws as `openSuccession` */
export function openRotation({ succession, possession }: RotateSiteKey, older: KeyLookup): KeyRotation {
  const rotation = openSuccession(succession, older);
  if (possession.payload !== succession.payload) throw invalid('the two signatures are over different bytes');
  openEnvelope(possession, payloadTypes.keyPossession, (id) =>
    id === rotation.newKeyId ? decodeBase64(rotation.newPublicKey) : undefined,
  );
  return rotation;
}

function parsed(payload: Uint8Array): KeyRotation {
  try {
    return KeyRotation.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new DomainError(
      'key-rotation-invalid',
      { reason: 'the statement does not fit its schema' },
      { cause },
    );
  }
}

const invalid = (reason: string): DomainError => new DomainError('key-rotation-invalid', { reason });
