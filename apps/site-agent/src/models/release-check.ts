// Is this the model that the protocol names, and does the trial's release key say so?
import {
  ModelRelease,
  payloadTypes,
  type Manifest,
  type ModelRef,
  type ModelRole,
  type ReleasedModel,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';
import { openStatement, type CoordinatorTrust } from '../identity/coordinator-trust.ts';

export interface CheckedRelease {
  readonly manifest: Manifest;
  readonly sizeBytes: number;
}

/**
 * Checks a release against the reference in the protocol and the role the model is wanted for.
 * @throws DomainError `release-invalid` naming what differs.
 */
export function checkRelease(
  { release, manifest }: ReleasedModel,
  wanted: ModelRef,
  role: ModelRole,
  trust: CoordinatorTrust,
): CheckedRelease {
  let stated: ModelRelease;
  try {
    stated = openStatement(release, payloadTypes.modelRelease, ModelRelease, trust.release);
  } catch (cause) {
    throw new DomainError('release-invalid', { model: wanted.sha256, wrong: ['signature'] }, { cause });
  }
  const manifestSha256 = digestOf(manifest);
  const found: Record<string, readonly unknown[]> = {
    sha256: [stated.sha256, manifest.sha256, wanted.sha256],
    manifest: [stated.manifestSha256, wanted.manifestSha256, manifestSha256],
    name: [stated.name, manifest.name, wanted.name],
    version: [stated.version, manifest.version, wanted.version],
    role: [stated.role, manifest.role, role],
  };
  const wrong = Object.keys(found).filter((key) => new Set(found[key]).size !== 1);
  if (wrong.length > 0) throw new DomainError('release-invalid', { model: wanted.sha256, wrong });
  return { manifest, sizeBytes: stated.sizeBytes };
}
