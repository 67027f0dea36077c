// A key row as the contract's record.
import type { KeyRecord } from '@sidemark/core/contract';
import type { Key } from '@sidemark/prisma/client';

export function keyRecordOf(row: Key): KeyRecord {
  return {
    keyId: row.keyId,
    publicKey: row.publicKey,
    role: row.role,
    validFrom: row.validFrom.toISOString(),
    validUntil: row.validUntil?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
