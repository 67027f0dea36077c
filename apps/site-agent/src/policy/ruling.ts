// What the policy says to one protocol.
import { ModelRole } from '@sidemark/core/contract';
import type { Policy, Ruling } from './policy.schema.ts';

/**
 * The ruling over a protocol. Every protocol runs a detector, an inpainter and classifiers, so a role that is not
 * allowed refuses it.
 */
export function rulingOver(policy: Policy, protocolDigest: string): Ruling {
  const allowed = ModelRole.options.every((role) => policy.allowedRoles.includes(role));
  return allowed ? (policy.protocols[protocolDigest] ?? policy.default) : 'refuse';
}
