// What an enrolment is held against: nonces of this process, its own release key, and the time.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
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
    if (statement.releasePublicKey !== this.keys.releasePublicKey) {
      throw new DomainError('enrolment-statement-invalid', {
        reason: 'the release key is not the one of this coordinator',
      });
    }
    if (!isEnrolmentNonce(this.secret, siteKeyId, statement.nonce, this.now())) {
      throw new DomainError('enrolment-statement-invalid', {
        reason: 'the nonce is not from a hello of the last 5 minutes',
      });
    }
  }
}
