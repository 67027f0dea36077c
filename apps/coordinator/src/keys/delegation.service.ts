// The on-line key's life: the next delegation is drafted here, signed by the release key here or elsewhere, and
// adopted here. From then on the coordinator signs with the newest key in it, and every link is made anew.
import { Inject, Injectable } from '@nestjs/common';
import {
  type DelegationChange,
  type Envelope,
  type KeyDelegation,
  payloadTypes,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { currentOnline, draftDelegation, openDelegation, requireSuccessor } from '@sidemark/core/trust';
import { AuditService } from '../audit/audit.service.ts';
import { Presence } from '../channel/presence.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { ReceiptsService } from '../reports/receipts.service.ts';

@Injectable()
export class DelegationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The next delegation, unsigned. A key that is to follow is made now and waits; nothing else changes.
   * @throws DomainError `not-found`, `state-conflict`
   */
  async draft(change: DelegationChange): Promise<KeyDelegation> {
    const { online } = this.keys;
    const next = change.rotate
      ? await this.keys.nextOnline()
      : { keyId: online.keyId, publicKey: Buffer.from(online.publicKey).toString('base64') };
    return draftDelegation(this.keys.listed, change, next, await this.keys.heldOnline(), this.clock.now());
  }

  /** Draft, signature and adoption at once. @throws also DomainError `release-key-offline` */
  async change(change: DelegationChange): Promise<void> {
    const drafted = await this.draft(change);
    await this.adopt(await this.keys.signAsRelease(payloadTypes.keyDelegation, drafted));
  }

  /**
   * Takes a signed delegation into use. Sending the one in force again changes nothing.
   * @throws DomainError of the envelope, `delegation-invalid`, `state-conflict`
   */
  async adopt(envelope: Envelope): Promise<void> {
    const next = openDelegation(envelope, this.keys.release.publicKey);
    if (envelope.payload === this.keys.delegation.payload) return;
    requireSuccessor(this.keys.listed, next);
    const now = this.clock.now();
    if (currentOnline(next, now, await this.keys.heldOnline()) === undefined) {
      const reason = 'it names no key that this coordinator holds and that is valid now';
      throw new DomainError('delegation-invalid', { wrong: [reason] });
    }
    await this.database.transaction(async (tx) => {
      await this.keys.record(tx, envelope, next);
      await this.remember(tx, next);
    });
    await this.keys.use(envelope);
    await this.receipts.mend();
    this.presence.dismissAll();
  }

  private async remember(tx: Tx, { number, online, releaseKeyId }: KeyDelegation): Promise<void> {
    const known = new Set(this.keys.listed.online.map(({ keyId }) => keyId));
    const added = online.filter(({ keyId }) => !known.has(keyId)).map(({ keyId }) => keyId);
    const revoked = online.filter(({ revokedAt }) => revokedAt !== null).map(({ keyId }) => keyId);
    const details = { number, added: added.join(' '), revoked: revoked.join(' ') };
    const event = { action: 'delegation.adopted', subject: releaseKeyId, details };
    await this.audit.append(tx, { actor: 'administrator', ...event });
  }
}
