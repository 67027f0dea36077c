// The site changes its own key, in steps that can each be done again: the next key on the disk, both signatures to the
// coordinator, its answer kept, the next key in the place of the old one. A kill in between loses nothing: as long as
// `site.next.key` is there, the change is under way, and the coordinator gives the same rotation the same answer.
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyRotated, payloadTypes } from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import type { SigningKey } from '@sidemark/core/signing';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { backoffMs } from '../platform/backoff.ts';
import { instant, type Clock } from '../platform/clock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk, syncDirectory } from '../platform/disk/durable-file.ts';
import { said, type Narrator } from '../platform/narrator.ts';
import type { Random } from '../platform/random.ts';
import { openStatement } from './coordinator-trust.ts';
import { rememberKeyChange } from './key-history.store.ts';
import { findKey, findKeyFace, loadSiteKey, saveKey } from './key.store.ts';
import { noPassphrase, type PassphraseSource } from './passphrase.ts';
import type { Site } from './site.ts';

const lookEveryMs = 2000;

/**
 * Wishes for a new key: from here on the change goes through, by whoever runs next. Wishing again changes nothing.
 * @returns id of the next key.
 * @throws DomainError `not-enrolled`, `passphrase-needed`, `passphrase-wrong`
 */
export async function requestRotation(
  directory: DataDirectory,
  passphrase: PassphraseSource,
  random: Random,
): Promise<string> {
  await loadSiteKey(directory, passphrase);
  if ((await findKeyFace(directory.nextSiteKey)) === undefined) {
    const locked = (await findKeyFace(directory.siteKey))?.locked === true;
    const lockWith = locked ? await passphrase() : undefined;
    await saveKey(directory.nextSiteKey, random.bytes(32), lockWith, random);
  }
  return (await required(directory, passphrase)).keyId;
}

async function required(directory: DataDirectory, passphrase: PassphraseSource): Promise<SigningKey> {
  const next = await findKey(directory.nextSiteKey, passphrase);
  if (next === undefined) throw new DomainError('state-conflict', { what: 'next site key', state: 'absent' });
  return next;
}

export interface RotationWorld {
  readonly directory: DataDirectory;
  readonly site: Site;
  readonly gate: EgressGate;
  readonly client: CoordinatorClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly narrator: Narrator;
  readonly passphrase?: PassphraseSource;
}

export class KeyRotation {
  readonly #world: RotationWorld;

  constructor(world: RotationWorld) {
    this.#world = world;
  }

  /** Looks for a next key, and brings the change to its end, until the signal is given. */
  async run(signal: AbortSignal): Promise<void> {
    const { directory, clock, random, narrator } = this.#world;
    for (let failures = 0; !signal.aborted;) {
      try {
        if ((await findKeyFace(directory.nextSiteKey)) !== undefined) await this.finish();
        failures = 0;
      } catch (error) {
        failures += 1;
        const known = isDomainError(error) ? error : new DomainError('internal', { reason: String(error) });
        narrator.tell({ event: 'key-waits', ...said(known) });
      }
      await clock.sleep(failures === 0 ? lookEveryMs : backoffMs(failures, random.fraction()), signal);
    }
  }

  /**
   * Sends the rotation, and lets the next key take over once the coordinator has said that it counts.
   * @throws DomainError the coordinator's refusal, `challenge-failed` for an answer about other keys
   */
  async finish(): Promise<KeyRotated> {
    const { directory, site, gate, client, clock, narrator, passphrase = noPassphrase } = this.#world;
    const next = await required(directory, passphrase);
    const { study, site: id } = site.enrolment;
    const rotation = site.signer.rotation(next, { study, site: id, issuedAt: instant(clock.now()) });
    const oldKeyId = site.signer.keyId;
    const answered = await client.call('rotateSiteKey', await gate.keyRotation(rotation));
    site.trust.admit(answered.delegation);
    await site.rememberDelegation(answered.delegation);
    const lookup = site.trust.onlineAt(clock.now());
    const rotated = openStatement(answered.answer, payloadTypes.keyRotated, KeyRotated, lookup);
    const { retired, current } = rotated;
    if (rotated.site !== id || retired.keyId !== oldKeyId || current.keyId !== next.keyId)
      throw new DomainError('challenge-failed', { wrong: ['site key'] });
    await rememberKeyChange(directory, { said: rotation, answered });
    await promote(directory);
    site.signer.adopt(next);
    narrator.tell({ event: 'key-rotated', keyId: next.keyId, oldKeyId, overlapUntil: retired.validUntil });
    return rotated;
  }
}

/** The old seed is gone with this. */
async function promote({ siteKey, nextSiteKey }: DataDirectory): Promise<void> {
  await onDisk(async () => {
    await rename(nextSiteKey, siteKey);
    await syncDirectory(dirname(siteKey));
  });
}
