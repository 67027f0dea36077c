// What makes an offer: a nonce, an end, and the signature of the on-line key.
import { Inject, Injectable } from '@nestjs/common';
import { type Envelope, type JobOffer, payloadTypes } from '@sidemark/core/contract';
import { signStatement } from '@sidemark/core/signing';
import { type Config, CONFIG } from '../../config.ts';
import { Clock } from '../../platform/clock.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { Random } from '../../platform/random.ts';
import type { JobContext } from './job-context.ts';

export interface OfferTerms {
  readonly nonce: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

@Injectable()
export class OfferPress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @param hours how long the offer holds */
  terms(hours = this.config.offerHours): OfferTerms {
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + hours * 3_600_000);
    return { nonce: this.random.nonce(), issuedAt, expiresAt };
  }

  /** A signed offer, good for one key of the job's site. */
  press({ job, study, protocolDigest }: JobContext, siteKeyId: string, terms: OfferTerms): Envelope {
    const offer: JobOffer = {
      schema: 'sidemark.job-offer/1',
      job: job.id,
      run: job.run,
      study,
      site: job.site,
      siteKeyId,
      protocolDigest,
      nonce: terms.nonce,
      issuedAt: terms.issuedAt.toISOString(),
      expiresAt: terms.expiresAt.toISOString(),
    };
    return signStatement(payloadTypes.jobOffer, offer, this.keys.online);
  }
}
