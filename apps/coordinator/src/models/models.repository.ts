// Rows of model versions.
import { Envelope, type Manifest, ModelVersion, ProtocolDocument } from '@sidemark/core/contract';
import type { ModelVersion as Row } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

export interface NewModel {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly sizeBytes: number;
  readonly createdAt: Date;
}

/** @throws DomainError `already-exists` (through Database) for a digest or a name and version that is taken. */
export async function addModel(tx: Tx, { manifest, ...rest }: NewModel): Promise<ModelVersion> {
  const { sha256, name, version, role } = manifest;
  return toModel(await tx.modelVersion.create({ data: { sha256, name, version, role, manifest, ...rest } }));
}

export async function findModel(tx: Tx, sha256: string): Promise<ModelVersion | undefined> {
  const row = await tx.modelVersion.findUnique({ where: { sha256 } });
  return row ? toModel(row) : undefined;
}

export async function findModelByName(
  tx: Tx,
  name: string,
  version: string,
): Promise<ModelVersion | undefined> {
  const row = await tx.modelVersion.findUnique({ where: { name_version: { name, version } } });
  return row ? toModel(row) : undefined;
}

export async function listModels(tx: Tx): Promise<ModelVersion[]> {
  const rows = await tx.modelVersion.findMany({ orderBy: [{ createdAt: 'asc' }, { sha256: 'asc' }] });
  return rows.map(toModel);
}

/** Holds the row until the transaction ends, so that of two moves at once the second sees the first. */
export async function lockModel(tx: Tx, sha256: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "ModelVersion" WHERE "sha256" = ${sha256} FOR UPDATE`;
}

export async function setReleased(
  tx: Tx,
  sha256: string,
  state: ModelVersion['state'],
  releaseEnvelope: Envelope,
): Promise<ModelVersion> {
  return toModel(await tx.modelVersion.update({ where: { sha256 }, data: { state, releaseEnvelope } }));
}

export async function findRelease(tx: Tx, sha256: string): Promise<Envelope | undefined> {
  const row = await tx.modelVersion.findUnique({ where: { sha256 }, select: { releaseEnvelope: true } });
  return row?.releaseEnvelope ? Envelope.parse(row.releaseEnvelope) : undefined;
}

/** The protocols of the jobs that a site has or had. */
export async function protocolsOfSite(tx: Tx, siteId: string): Promise<ProtocolDocument[]> {
  const where = { runs: { some: { jobs: { some: { siteId } } } } };
  const rows = await tx.protocol.findMany({ where, select: { document: true } });
  return rows.map(({ document }) => ProtocolDocument.parse(document));
}

function toModel({ releaseEnvelope: _, createdAt, ...row }: Row): ModelVersion {
  return ModelVersion.parse({ ...row, createdAt: createdAt.toISOString() });
}
