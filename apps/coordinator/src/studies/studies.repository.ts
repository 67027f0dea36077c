// The Study table.
import type { CreateStudy, Study } from '@sidemark/core/contract';
import type { Study as Row } from '@sidemark/prisma/client';
import type { z } from 'zod';
import type { Tx } from '../platform/database/database.ts';

function studyOf({ createdAt, ...row }: Row): Study {
  return { ...row, createdAt: createdAt.toISOString() };
}

export type NewStudy = z.infer<typeof CreateStudy> & { readonly id: string; readonly createdAt: Date };

export async function addStudy(tx: Tx, study: NewStudy): Promise<Study> {
  return studyOf(await tx.study.create({ data: study }));
}

export async function findStudy(tx: Tx, id: string): Promise<Study | undefined> {
  const row = await tx.study.findUnique({ where: { id } });
  return row === null ? undefined : studyOf(row);
}

export async function allStudies(tx: Tx): Promise<Study[]> {
  return (await tx.study.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(studyOf);
}
