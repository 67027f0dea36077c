// The hash chain of the audit log, walked in the browser: whoever reads the page need not believe the coordinator's word.
import type { AuditEntry } from '@sidemark/core/contract';
import { canonicalJson } from '../../format/canonical.ts';

/** Of the link before the first. */
const start = '0'.repeat(64);

/** Hash of one link as core/signing makes it: SHA-256 of the one before, a line break and the canonical content. */
async function linkHash(previous: string, content: AuditEntry['content']): Promise<string> {
  const bytes = new TextEncoder().encode(`${previous}\n${canonicalJson(content)}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Walked {
  /** 0 for an empty log */
  readonly entries: number;
  /** number of the first entry that does not fit; null: all do */
  readonly firstBroken: number | null;
  readonly head: string;
}

/**
 * @param entries the whole log, oldest first
 * @returns undefined where the browser computes no digests: the page came neither by HTTPS nor from this machine
 */
export async function walkChain(entries: readonly AuditEntry[]): Promise<Walked | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  let previous = start;
  for (const [i, entry] of entries.entries()) {
    const fits = entry.sequence === i + 1 && entry.previous === previous;
    if (!fits || entry.hash !== (await linkHash(previous, entry.content)))
      return { entries: entries.length, firstBroken: entry.sequence, head: previous };
    previous = entry.hash;
  }
  return { entries: entries.length, firstBroken: null, head: previous };
}
