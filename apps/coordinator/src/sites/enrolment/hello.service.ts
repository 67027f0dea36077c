// How the coordinator proves itself to a site: a statement it composes, signed by the on-line key, with the release
// key's word for that key. Used at enrolment and at every connection.
import { Inject, Injectable } from '@nestjs/common';
import {
  contractVersion,
  type CoordinatorHello,
  type LinkChallenge,
  type LinkOpening,
  payloadTypes,
} from '@sidemark/core/contract';
import { signStatement } from '@sidemark/core/signing';
import { Clock } from '../../platform/clock.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { PublicAddress } from '../../platform/http/public-address.ts';

@Injectable()
export class HelloService {
  constructor(
    @Inject(PublicAddress) private readonly address: PublicAddress,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What this coordinator says to an opening. */
  compose(opening: LinkOpening, coordinatorNonce: string): CoordinatorHello {
    return {
      schema: 'sidemark.coordinator-hello/1',
      contract: contractVersion,
      address: this.address.url,
      siteKeyId: opening.siteKeyId,
      coordinatorKeyId: this.keys.online.keyId,
      siteNonce: opening.siteNonce,
      coordinatorNonce,
      issuedAt: this.clock.now().toISOString(),
    };
  }

  challenge(hello: CoordinatorHello): LinkChallenge {
    const signed = signStatement(payloadTypes.coordinatorHello, hello, this.keys.online);
    const { delegation, releasePublicKey } = this.keys;
    return { hello: signed, delegation, releasePublicKey };
  }
}
