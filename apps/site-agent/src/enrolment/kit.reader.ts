// The startup kit, as the trial office sent it.
import { readFile } from 'node:fs/promises';
import { Kit } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

/** @throws DomainError `kit-invalid`, `kit-expired` */
export async function readKit(path: string, now: Date): Promise<Kit> {
  let kit: Kit;
  try {
    kit = Kit.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new DomainError('kit-invalid', {}, { cause });
  }
  if (Date.parse(kit.expiresAt) <= now.getTime())
    throw new DomainError('kit-expired', { expiredAt: kit.expiresAt, thisClock: now.toISOString() });
  return kit;
}
