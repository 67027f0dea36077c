// From verified bytes to a statement of a site, in the one spelling that everybody reads alike.
import { readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { canonicalBytes } from '@sidemark/core/signing';
import type { z } from 'zod';

/**
 * @throws DomainError `report-invalid` with `issues`: not JSON, not the schema, or not its canonical JSON: a text with a
 *   key twice says one thing to one reader and another to the next.
 */
export function readCanonical<T extends z.ZodType>(payload: Uint8Array, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (cause) {
    throw new DomainError('report-invalid', { issues: ['the payload is not JSON'] }, { cause });
  }
  const parsed = readWith(schema, value);
  if (parsed.success) return requireCanonical(parsed.data, payload);
  const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new DomainError('report-invalid', { issues: issues.slice(0, 20) });
}

function requireCanonical<T>(statement: T, payload: Uint8Array): T {
  if (Buffer.compare(canonicalBytes(statement), payload) === 0) return statement;
  throw new DomainError('report-invalid', {
    issues: ['the payload is not the canonical JSON of the report'],
  });
}
