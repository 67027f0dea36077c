// Keys of sites after their enrolment: a site names its next key itself; the trial office may revoke one.
import { Inject, Injectable } from '@nestjs/common';
import {
  type KeyRotated,
  type KeyRotation,
  payloadTypes,
  type RotateSiteKey,
  type SiteKeyRotated,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { signStatement } from '@sidemark/core/signing';
import { openRotation, requireKeyValid } from '@sidemark/core/trust';
import { AuditService } from '../../audit/audit.service.ts';
import { refuseUnlessApproved } from '../../auth/site-standing.ts';
import { Presence } from '../../channel/presence.ts';
import { type Config, CONFIG } from '../../config.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import {
  findKey,
  type FoundKey,
  lockKeysOf,
  revokeSiteKey,
  succeedSiteKey,
} from '../site-keys.repository.ts';

const hourMs = 3_600_000;
type SiteKeyFound = FoundKey & { readonly site: NonNullable<FoundKey['site']> };

@Injectable()
export class SiteKeysService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The new key counts from now on, the old one until the overlap ends. The same rotation again gets the same keys.
   * @throws DomainError of the envelopes and of the keys, `key-rotation-invalid`, `key-rotation-conflict`,
   *   `site-suspended`, `site-not-approved`
   */
  async rotate(body: RotateSiteKey): Promise<SiteKeyRotated> {
    const said = await this.database.transaction((tx) => this.succeed(tx, body));
    // the site comes back with the key that counts now
    this.presence.dismiss(said.site);
    const statedAt = this.clock.now().toISOString();
    const answer: KeyRotated = { schema: 'sidemark.key-rotated/1', ...said, statedAt };
    return {
      answer: signStatement(payloadTypes.keyRotated, answer, this.keys.online),
      delegation: this.keys.delegation,
    };
  }

  /** @throws DomainError `signer-unknown`, `signer-role`, `state-conflict` where it is revoked already */
  async revoke(keyId: string): Promise<void> {
    const site = await this.database.transaction(async (tx) => {
      await lockKeysOf(tx, (await requiredKey(tx, keyId)).site.id);
      const key = await requiredKey(tx, keyId);
      if (key.revokedAt !== null)
        throw new DomainError('state-conflict', { what: 'key', state: 'revoked', keyId });
      await revokeSiteKey(tx, keyId, this.clock.now());
      const event = { action: 'key.revoked', subject: keyId, details: { site: key.site.id } };
      await this.audit.append(tx, { actor: 'administrator', ...event });
      return key.site.id;
    });
    this.presence.dismiss(site);
  }

  private async succeed(
    tx: Tx,
    body: RotateSiteKey,
  ): Promise<Pick<KeyRotated, 'site' | 'retired' | 'current'>> {
    const { site, record } = await requiredKey(tx, body.succession.signatures[0]?.keyid ?? '');
    await lockKeysOf(tx, site.id);
    const rotation = openRotation(body, (id) => (id === record.keyId ? raw(record.publicKey) : undefined));
    if (rotation.site !== site.id || rotation.study !== site.studyId)
      throw new DomainError('key-rotation-invalid', { reason: 'it is about another site or study' });
    if ((await findKey(tx, rotation.newKeyId)) === undefined) await this.record(tx, rotation, body);
    // read anew: the lock may have had to wait
    const [retired, current] = [
      await requiredKey(tx, rotation.oldKeyId),
      await requiredKey(tx, rotation.newKeyId),
    ];
    requireSuccession(current, rotation);
    requireKeyValid(current.record, this.clock.now());
    return { site: site.id, retired: retired.record, current: current.record };
  }

  private async record(tx: Tx, rotation: KeyRotation, { succession }: RotateSiteKey): Promise<void> {
    const { site, oldKeyId, newKeyId, newPublicKey } = rotation;
    const now = this.clock.now();
    const old = await requiredKey(tx, oldKeyId);
    refuseUnlessApproved(old.site.state);
    requireKeyValid(old.record, now);
    if (old.validUntil !== null)
      throw new DomainError('key-rotation-conflict', {
        reason: 'another key has followed this one',
        oldKeyId,
      });
    const overlapUntil = new Date(now.getTime() + this.config.keyOverlapHours * hourMs);
    const key = { keyId: newKeyId, publicKey: newPublicKey, siteId: site, validFrom: now, succession };
    await succeedSiteKey(tx, oldKeyId, overlapUntil, key);
    const details = { oldKeyId, newKeyId, newPublicKey, overlapUntil: overlapUntil.toISOString() };
    await this.audit.append(tx, { actor: `site:${site}`, action: 'key.rotated', subject: site, details });
  }
}

const raw = (publicKey: string): Uint8Array => Buffer.from(publicKey, 'base64');

/** @throws DomainError `signer-unknown`, `signer-role` for a key of the coordinator itself */
async function requiredKey(tx: Tx, keyId: string): Promise<SiteKeyFound> {
  const found = await findKey(tx, keyId);
  if (found === undefined) throw new DomainError('signer-unknown', { keyId });
  const { site } = found;
  if (found.record.role !== 'site' || site === undefined)
    throw new DomainError('signer-role', { keyId, role: found.record.role });
  return { ...found, site };
}

/** A key that is known already must be known by this very succession. */
function requireSuccession({ site, predecessor }: SiteKeyFound, rotation: KeyRotation): void {
  if (site.id === rotation.site && predecessor === rotation.oldKeyId) return;
  const reason = 'the new key is in use already';
  throw new DomainError('key-rotation-conflict', { reason, newKeyId: rotation.newKeyId });
}
