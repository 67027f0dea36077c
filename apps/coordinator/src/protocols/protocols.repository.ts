// Rows of protocol versions.
import {
  type Envelope,
  Protocol,
  type ProtocolDocument,
  type ProtocolState,
  SignedProtocol,
} from '@sidemark/core/contract';
import type { Protocol as Row } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

export interface NewProtocol {
  readonly id: string;
  readonly digest: string;
  readonly document: ProtocolDocument;
  readonly createdAt: Date;
}

export async function addProtocol(tx: Tx, { document, ...rest }: NewProtocol): Promise<Protocol> {
  const { study: studyId, name, version } = document;
  return toProtocol(await tx.protocol.create({ data: { studyId, name, version, document, ...rest } }));
}

/** One more than the highest version of this name in the study; 1 for the first. */
export async function nextVersion(tx: Tx, studyId: string, name: string): Promise<number> {
  const { _max } = await tx.protocol.aggregate({ where: { studyId, name }, _max: { version: true } });
  return (_max.version ?? 0) + 1;
}

export async function findProtocol(tx: Tx, id: string): Promise<Protocol | undefined> {
  const row = await tx.protocol.findUnique({ where: { id } });
  return row ? toProtocol(row) : undefined;
}

export async function listProtocols(tx: Tx, studyId: string): Promise<Protocol[]> {
  const rows = await tx.protocol.findMany({
    where: { studyId },
    orderBy: [{ name: 'asc' }, { version: 'asc' }],
  });
  return rows.map(toProtocol);
}

/** Holds the row until the transaction ends, so that of two moves at once the second sees the first. */
export async function lockProtocol(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Protocol" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

export async function setFrozen(
  tx: Tx,
  id: string,
  state: ProtocolState,
  envelope: Envelope,
): Promise<Protocol> {
  return toProtocol(await tx.protocol.update({ where: { id }, data: { state, envelope } }));
}

/** A signed protocol, if the site has or had a job under it. */
export async function findProtocolOfSite(
  tx: Tx,
  siteId: string,
  digest: string,
): Promise<SignedProtocol | undefined> {
  const where = { digest, runs: { some: { jobs: { some: { siteId } } } } };
  const row = await tx.protocol.findFirst({ where, select: { digest: true, envelope: true } });
  return row ? SignedProtocol.parse(row) : undefined;
}

function toProtocol({ studyId, createdAt, ...row }: Row): Protocol {
  return Protocol.parse({ ...row, study: studyId, createdAt: createdAt.toISOString() });
}
