// What an enrolment is held against: nonces of this process, its own release key, and the time.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { carriedNonce } from '@sidemark/core/signing';
import { Clock } from '../../platform/clock.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { Random } from '../../platform/random.ts';
import { enrolmentNonce, isEnrolmentNonce } from './enrolment-nonce.ts';
import type { OpenedEnrolment } from './enrolment-statement.ts';

@Injectable()
export class EnrolmentDesk {
  private readonly secret: Uint8Array;

  constructor(
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) random: Random,
  ) {
    this.secret = random.bytes(32);
  }

  now(): Date {
    return this.clock.now();
  }

  nonceFor(siteKeyId: string): string {
    return enrolmentNonce(this.secret, siteKeyId, this.now());
  }

  /** @throws DomainError `enrolment-statement-invalid` for another coordinator's key, or a nonce not given to this key. */
  refuseUnlessFresh({ statement, siteKeyId }: OpenedEnrolment): void {
    this.refuseOthersKey(statement);
    if (isEnrolmentNonce(this.secret, siteKeyId, statement.nonce, this.now())) return;
    throw new DomainError('enrolment-statement-invalid', {
      reason: 'the nonce is not from a hello of the last 5 minutes',
    });
  }

  /**
   * For an enrolment that people carried: it was signed by someone who held the kit's token.
   * @throws DomainError `enrolment-statement-invalid`, `enrolment-token-invalid`
   */
  refuseUnlessProved({ statement, siteKeyId }: OpenedEnrolment, tokenHash: string): void {
    this.refuseOthersKey(statement);
    if (statement.nonce !== carriedNonce(tokenHash, siteKeyId))
      throw new DomainError('enrolment-token-invalid');
  }

  private refuseOthersKey({ releasePublicKey }: OpenedEnrolment['statement']): void {
    if (releasePublicKey === this.keys.releasePublicKey) return;
    throw new DomainError('enrolment-statement-invalid', {
      reason: 'the release key is not the one of this coordinator',
    });
  }
}
