// The key history of a run, as the Key table has it.
import { BundleKey } from '@sidemark/core/contract';
import type { Tx } from '../platform/database/database.ts';
import { keyRecordOf } from '../platform/keys/key-record.ts';

/** Release and on-line keys, and every key these sites ever had; oldest first. */
export async function keyHistory(tx: Tx, sites: readonly string[]): Promise<BundleKey[]> {
  const where = { OR: [{ siteId: null }, { siteId: { in: [...sites] } }] };
  const rows = await tx.key.findMany({ where, orderBy: [{ validFrom: 'asc' }, { keyId: 'asc' }] });
  return rows.map((row) =>
    BundleKey.parse({ ...keyRecordOf(row), site: row.siteId, succession: row.succession }),
  );
}
