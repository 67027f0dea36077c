// What the site remembers of its enrolment: whom it trusts and as whom it speaks. The token is not kept.
import { Envelope, Id, KeyId, PublicKey, Slug } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { z } from 'zod';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { readJson, writeJson } from '../platform/disk/durable-file.ts';

export const EnrolmentRecord = z.strictObject({
  schema: z.literal('sidemark.agent-enrolment/1'),
  coordinator: z.url(),
  allowHttp: z.boolean(),
  releasePublicKey: PublicKey,
  study: Id,
  site: Id,
  siteName: Slug,
  siteKeyId: KeyId,
  words: z.array(z.string()).length(6),
  /** false: the statement was sent, but no answer came back */
  answered: z.boolean(),
});
export type EnrolmentRecord = z.infer<typeof EnrolmentRecord>;

export async function findEnrolment(directory: DataDirectory): Promise<EnrolmentRecord | undefined> {
  return readJson(directory.enrolment, EnrolmentRecord);
}

/** @throws DomainError `not-enrolled` */
export async function loadEnrolment(directory: DataDirectory): Promise<EnrolmentRecord> {
  const found = await findEnrolment(directory);
  if (found === undefined || !found.answered) throw new DomainError('not-enrolled');
  return found;
}

export async function saveEnrolment(directory: DataDirectory, record: EnrolmentRecord): Promise<void> {
  await writeJson(directory.enrolment, record);
}

/** The newest list of on-line keys that this site has seen: no older one is taken, also after a restart. */
export async function loadDelegation(directory: DataDirectory): Promise<Envelope | undefined> {
  return readJson(directory.delegation, Envelope);
}

export async function saveDelegation(directory: DataDirectory, delegation: Envelope): Promise<void> {
  if ((await loadDelegation(directory))?.payload === delegation.payload) return;
  await writeJson(directory.delegation, delegation);
}
