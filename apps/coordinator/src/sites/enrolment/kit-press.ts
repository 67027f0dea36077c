// Composes startup kits: everything in one that is not the site's own.
import { Inject, Injectable } from '@nestjs/common';
import type { Kit } from '@sidemark/core/contract';
import { Clock } from '../../platform/clock.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { PublicAddress } from '../../platform/http/public-address.ts';
import { Random } from '../../platform/random.ts';
import type { StoredSite } from '../sites.repository.ts';

const hourMs = 3_600_000;

@Injectable()
export class KitPress {
  constructor(
    @Inject(PublicAddress) private readonly address: PublicAddress,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** Id and time of something new. */
  mark(): { id: string; createdAt: Date } {
    return { id: this.random.uuid(), createdAt: this.clock.now() };
  }

  kitFor(site: StoredSite, hours: number): { kit: Kit; createdAt: Date } {
    const createdAt = this.clock.now();
    const kit: Kit = {
      schema: 'sidemark.kit/1',
      coordinator: this.address.url,
      releaseKeyFingerprint: this.keys.release.keyId,
      releasePublicKey: this.keys.releasePublicKey,
      study: site.study,
      site: site.id,
      siteName: site.name,
      tokenId: this.random.uuid(),
      token: this.random.secret(),
      expiresAt: new Date(createdAt.getTime() + hours * hourMs).toISOString(),
    };
    return { kit, createdAt };
  }
}
