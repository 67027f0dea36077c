// Is the ledger whole? Every line must be an entry, numbered in order and linked to the one before; a report must be
// the one that its digest names; and every report that the coordinator acknowledged must be in it.
import { chainStart, digestOf, linkHash } from '@sidemark/core/signing';
import { LedgerEntry } from './ledger-entry.ts';

export interface LedgerVerdict {
  readonly entries: number;
  readonly head: string;
  /** 1-based line of the first entry that does not fit, or null */
  readonly firstBroken: number | null;
  /** digests of acknowledged reports that no entry holds */
  readonly missingReports: readonly string[];
  /** a line cut by a crash stands at the end: harmless, the next entry takes it off */
  readonly torn: boolean;
}

function parseLine(line: string): LedgerEntry | undefined {
  try {
    return LedgerEntry.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** A report under another digest than its own would stand in for the one that was acknowledged. */
function namesItsReport({ content }: LedgerEntry): boolean {
  return !('report' in content) || digestOf(content.report) === content.payloadDigest;
}

/** @param acknowledged payload digests of the receipts at the site. */
export function judgeLedger(
  ledger: { readonly lines: readonly string[]; readonly torn: boolean },
  acknowledged: readonly string[] = [],
): LedgerVerdict {
  let head = chainStart;
  let firstBroken: number | null = null;
  const reports = new Set<string>();
  for (const [index, line] of ledger.lines.entries()) {
    const entry = parseLine(line);
    const fits =
      entry?.sequence === index + 1 &&
      entry.previous === head &&
      entry.hash === linkHash(head, entry.content) &&
      namesItsReport(entry);
    if (entry === undefined || !fits) {
      firstBroken = index + 1;
      break;
    }
    if ('report' in entry.content) reports.add(entry.content.payloadDigest);
    head = entry.hash;
  }
  const missingReports = acknowledged.filter((digest) => !reports.has(digest));
  return { entries: ledger.lines.length, head, firstBroken, missingReports, torn: ledger.torn };
}
