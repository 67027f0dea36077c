// Rows of qualification packs.
import { PackReference, RegisteredPack } from '@sidemark/core/contract';
import type { Pack as Row } from '@sidemark/prisma/client';
import type { Tx } from '../../platform/database/database.ts';

export interface KeptPack {
  readonly pack: RegisteredPack;
  readonly reference: PackReference;
}

/** @throws DomainError `already-exists` (through Database) for a pack that is registered. */
export async function addPack(
  tx: Tx,
  reference: PackReference,
  { sizeBytes, createdAt }: { sizeBytes: number; createdAt: Date },
): Promise<RegisteredPack> {
  const { pack: sha256, recipe } = reference;
  return toPack(await tx.pack.create({ data: { sha256, recipe, sizeBytes, reference, createdAt } })).pack;
}

export async function findPack(tx: Tx, sha256: string): Promise<KeptPack | undefined> {
  const row = await tx.pack.findUnique({ where: { sha256 } });
  return row ? toPack(row) : undefined;
}

export async function listPacks(tx: Tx): Promise<RegisteredPack[]> {
  const rows = await tx.pack.findMany({ orderBy: [{ createdAt: 'asc' }, { sha256: 'asc' }] });
  return rows.map((row) => toPack(row).pack);
}

function toPack({ sha256, recipe, sizeBytes, createdAt, ...row }: Row): KeptPack {
  const reference = PackReference.parse(row.reference);
  const films = reference.films.length;
  return {
    reference,
    pack: RegisteredPack.parse({ sha256, recipe, sizeBytes, films, createdAt: createdAt.toISOString() }),
  };
}
