// What the gate asks of a report besides its form: may it leave beside all that has left? Whatever does not, waits for a
// person or stays, by the site's policy. What a report rests on is on the disk before it is cleared.
import type { Report } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { DisclosureFacts } from '../../pipeline/result/disclosure/disclosure-facts.ts';
import type { Policy } from '../../policy/policy.schema.ts';
import type { LedgerStore } from '../ledger.store.ts';
import { oracleProblems, smallestClass } from './oracle-rules.ts';
import { bySetOfRows, repetitionProblems, reportsOnSamePatients } from './repetition-rules.ts';
import type { Reported } from './reported.store.ts';
import { shownCells, shownFine } from './shown-cells.ts';

/** What the figures of classifiers that are judged on the same rows rest on: for the gate, never sent. */
export interface Evidence {
  readonly facts: DisclosureFacts;
  /** of the patients of these rows that were evaluated, sorted */
  readonly marks: readonly string[];
}

/** What holds for the report at this moment. */
export interface Bounds {
  readonly job: string;
  readonly policy: Policy;
  /** the strictest floor, in patients */
  readonly floor: number;
  /** digest of the result that a person has released in spite of the rules */
  readonly released: string | undefined;
  /** a person wants to see this report first, whatever the policy says */
  readonly held: boolean;
  /** now, UTC */
  readonly at: string;
}

/** What a person of the site has said of a report. */
export interface PersonSays {
  /** digest of the result that was released in spite of the rules */
  readonly released?: string | undefined;
  /** the report is to be seen before it leaves */
  readonly held?: boolean;
}

export class ReportScrutiny {
  constructor(private readonly ledger: LedgerStore) {}

  /**
   * Passes, or throws. The figures of an earlier report tell nothing new: they pass again.
   * @param evidence one for each set of rows that is shown, at least one
   * @throws DomainError `egress-refused`, `disclosure-held`, `budget-exhausted`, `report-held`, `disk-failed`
   */
  async examine(
    { result, resultDigest }: Report,
    evidence: readonly Evidence[],
    bounds: Bounds,
  ): Promise<void> {
    const earlier = await this.ledger.reported.all();
    if (earlier.some((one) => one.resultDigest === resultDigest)) return requireUnheld(resultDigest, bounds);
    const { job, at, floor } = bounds;
    const sets = evidence.map(({ facts, marks }) => ({
      facts,
      shown: { marks: [...marks], cells: shownCells(result, facts), ...shownFine(facts) },
    }));
    const before = bySetOfRows(earlier);
    const problems = sets.flatMap(({ facts, shown }) => {
      const { patients } = facts.cells;
      const candidate = { ...shown, patients, smallestClass: smallestClass(result, facts) };
      return [...oracleProblems(result, facts, floor), ...repetitionProblems(candidate, before, floor)];
    });
    requireReleased([...problems, ...(await this.#unknownReports(earlier))], resultDigest, bounds);
    const marks = sets.flatMap(({ shown }) => shown.marks);
    const onSame = new Set(reportsOnSamePatients(before, marks).map((one) => one.resultDigest));
    requireBudget(onSame.size, resultDigest, bounds);
    requireUnheld(resultDigest, bounds);
    const [first, ...others] = sets.map(({ shown }) => shown);
    if (!first) throw new RangeError('a report rests on a set of rows');
    const more = others.length > 0 ? { others } : {};
    const reported = { schema: 'sidemark.reported/1', job, at, resultDigest, ...first, ...more } as const;
    await this.ledger.reported.add(reported);
  }

  /** Reports that left, of which this site no longer knows what they rested on. */
  async #unknownReports(known: readonly Reported[]): Promise<string[]> {
    const digests = new Set(known.map(({ resultDigest }) => resultDigest));
    const { lines } = await this.ledger.lines();
    const unknown = lines.filter((line) => {
      const digest = /"resultDigest":"([0-9a-f]{64})"/.exec(line)?.[1];
      return line.includes('"kind":"report"') && digest !== undefined && !digests.has(digest);
    });
    if (unknown.length === 0) return [];
    return [
      `${unknown.length} earlier reports cannot be compared: what they rested on is not in egress/reported`,
    ];
  }
}

function requireReleased(
  problems: readonly string[],
  resultDigest: string,
  { policy, released }: Bounds,
): void {
  if (problems.length === 0) return;
  if (policy.oracles === 'refuse') throw new DomainError('egress-refused', { problems });
  if (released !== resultDigest) throw new DomainError('disclosure-held', { problems, resultDigest });
}

function requireBudget(reports: number, resultDigest: string, { policy }: Bounds): void {
  const { reportsPerDataset } = policy.budget;
  if (reports >= reportsPerDataset)
    throw new DomainError('budget-exhausted', { reports, reportsPerDataset, resultDigest });
}

/** Last of all: a person who releases a report has seen everything else that was said of it. */
function requireUnheld(resultDigest: string, { policy, held, released }: Bounds): void {
  const waits = held || policy.reports === 'hold';
  if (waits && released !== resultDigest) throw new DomainError('report-held', { resultDigest });
}
