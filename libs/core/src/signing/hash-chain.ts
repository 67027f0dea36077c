// A hash chain over entries: each link covers the link before it and its own canonical JSON, so that no entry can
// be changed, removed or put in without every later hash changing.
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './digest.ts';

/** What the first link covers in place of a previous one. */
export const chainStart = '0'.repeat(64);

/** Hash of one link. @param previous hash of the link before it, `chainStart` for the first. */
export function linkHash(previous: string, entry: unknown): string {
  return sha256(`${previous}\n${canonicalJson(entry)}`);
}

export interface ChainLink {
  readonly previous: string;
  readonly hash: string;
  readonly entry: unknown;
}

/** Index of the first broken link, or -1 when the chain holds. */
export function firstBrokenLink(links: readonly ChainLink[], start = chainStart): number {
  let previous = start;
  for (const [index, link] of links.entries()) {
    if (link.previous !== previous || link.hash !== linkHash(previous, link.entry)) return index;
    previous = link.hash;
  }
  return -1;
}
