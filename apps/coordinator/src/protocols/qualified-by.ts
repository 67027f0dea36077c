// A protocol whose sites are judged by a pack before they count.
import { type ProtocolDocument, recipeOf, type RegisteredPack } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';

/** @throws DomainError `protocol-invalid` when the pack was answered by another recipe */
export function qualifiedBy(
  document: ProtocolDocument,
  { sha256, sizeBytes, recipe }: RegisteredPack,
): ProtocolDocument {
  if (digestOf(recipeOf(document)) !== recipe)
    throw new DomainError('protocol-invalid', {
      problems: [
        `the pack ${sha256} was answered with other models, arms or masks than the protocol has: make it anew`,
      ],
    });
  return { ...document, qualification: { pack: sha256, sizeBytes } };
}
