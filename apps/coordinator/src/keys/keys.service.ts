// Every key the coordinator knows of, for people to look at.
import { Inject, Injectable } from '@nestjs/common';
import type { KeyList } from '@sidemark/core/contract';
import { Database } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { allKeys } from './keys.repository.ts';

@Injectable()
export class KeysService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeysStore) private readonly keys: KeysStore,
  ) {}

  async list(): Promise<KeyList> {
    return {
      delegation: this.keys.listed.number,
      releaseKeyAtHand: await this.keys.isReleaseKeyAtHand(),
      keys: await this.database.read(allKeys),
    };
  }
}
