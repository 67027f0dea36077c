// The first word of a site. Its contract version is looked at before anything else, so that an older or newer agent
// is told which side to upgrade instead of which field it lacks.
import { contractVersion, LinkOpening } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { z } from 'zod';
import { parseInput } from '../../platform/http/zod.pipe.ts';

const Versioned = z.looseObject({ contract: z.int().min(0) });

/** @throws DomainError `contract-version-mismatch`, `invalid-input` */
export function readOpening(value: unknown): LinkOpening {
  const { contract } = parseInput(Versioned, value);
  if (contract !== contractVersion) {
    const upgrade = contract > contractVersion ? 'coordinator' : 'site agent';
    throw new DomainError('contract-version-mismatch', {
      upgrade,
      coordinator: contractVersion,
      siteAgent: contract,
    });
  }
  return parseInput(LinkOpening, value);
}
