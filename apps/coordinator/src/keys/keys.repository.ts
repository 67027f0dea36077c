// All keys with the sites they belong to.
import type { KeyList } from '@sidemark/core/contract';
import type { Tx } from '../platform/database/database.ts';
import { keyRecordOf } from '../platform/keys/key-record.ts';

/** Release, on-line and site keys, each kind oldest first. */
export async function allKeys(tx: Tx): Promise<KeyList['keys']> {
  const rows = await tx.key.findMany({
    include: { site: { select: { name: true } } },
    orderBy: [{ role: 'asc' }, { validFrom: 'asc' }, { keyId: 'asc' }],
  });
  return rows.map((row) => ({ ...keyRecordOf(row), site: row.siteId, siteName: row.site?.name ?? null }));
}
