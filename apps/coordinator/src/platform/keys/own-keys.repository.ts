// The coordinator's own keys in the Key table.
import type { KeyRecord } from '@sidemark/core/contract';
import type { Tx } from '../database/database.ts';
import { keyRecordOf } from './key-record.ts';

export type OwnKeyRole = 'release' | 'online';

export interface OwnKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly role: OwnKeyRole;
  readonly at: Date;
}

/** The record of a key, made when it is seen for the first time. */
export async function registerOwnKey(tx: Tx, { at, ...key }: OwnKey): Promise<KeyRecord> {
  const row = await tx.key.upsert({
    where: { keyId: key.keyId },
    create: { ...key, validFrom: at },
    update: {},
  });
  return keyRecordOf(row);
}
