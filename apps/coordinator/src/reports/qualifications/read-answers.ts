// From verified bytes to answers to the pack of their protocol.
import { type ProtocolDocument, QualificationReport } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { readCanonical } from '../acceptance/read-canonical.ts';

/** @throws DomainError `report-invalid` with `issues`: not JSON, not the schema, or not its canonical JSON */
export function readAnswers(payload: Uint8Array): QualificationReport {
  return readCanonical(payload, QualificationReport);
}

/** @throws DomainError `report-invalid`: the protocol asks for no answers, or for those to another pack */
export function requireAsked({ answers }: QualificationReport, { qualification }: ProtocolDocument): string {
  if (qualification?.pack === answers.pack) return answers.pack;
  throw new DomainError('report-invalid', { issues: ['answers.pack: not the pack of the protocol'] });
}
