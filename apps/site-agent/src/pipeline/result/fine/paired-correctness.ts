// Two cells of multi-class classifiers: how many films are right on both, on one alone, on none. McNemar's test needs it,
// and no sum of the other tables gives it for more than two classes.
import type { AgreementAsked, Arm, CellRef, PairedCorrectness } from '@sidemark/core/contract';
import { isTooFew } from '../../../policy/floors.ts';
import type { Curve } from '../curves.ts';
import { patientsWhere } from '../disclosure/patients-where.ts';
import type { EquationBudget } from './equation-budget.ts';
import { type Partition, ShownPartitions } from './partitions.ts';

export type CorrectAnswers = readonly {
  readonly a: CellRef;
  readonly b: CellRef;
  readonly correct: PairedCorrectness;
}[];

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const tooMany = { kind: 'not-estimable', reason: 'too-many-figures' } as const;

/** The comparison that a trial of markers is about: asked before all others. */
const firstAsked: readonly Arm[] = ['original', 'inpainted'];

export interface AnswerPair {
  readonly a: Curve;
  readonly b: Curve;
}

/**
 * Pairs that the protocol asks for and arms of one classifier, of the multi-class ones among the curves; the placebo changes no marker
 * and is asked for by name alone.
 */
export function askedPairs(
  curves: readonly Curve[],
  agreements: readonly AgreementAsked[],
): { first: AnswerPair[]; others: AnswerPair[] } {
  const declared = agreements.flatMap((one): AnswerPair[] => {
    const [a, b] = [one.a, one.b].map((cell) => curves.find((curve) => isCell(curve, cell)));
    return a && b ? [{ a, b }] : [];
  });
  const asked = curves.filter(({ kind, arm }) => kind === 'multiclass' && arm !== 'placebo');
  const pairs = asked.flatMap((a, at) =>
    asked.slice(at + 1).flatMap((b) => (a.classifier === b.classifier ? [{ a, b }] : [])),
  );
  const isFirst = ({ a, b }: AnswerPair): boolean => firstAsked.includes(a.arm) && firstAsked.includes(b.arm);
  return { first: [...declared, ...pairs.filter(isFirst)], others: pairs.filter((pair) => !isFirst(pair)) };
}

export const isCell = ({ classifier, arm }: CellRef, cell: CellRef): boolean =>
  classifier === cell.classifier && arm === cell.arm;

/**
 * Of two cells that both tell how many answers are right, so that one number is new, and one equation: then the five kinds of films
 * (right on both, wrong with one answer, right on a, right on b, wrong with two answers) follow from each other, and none may be of
 * 1 to floor - 1 patients. The films that moved may not nearly be those of another table by truth either.
 * @param truth class of each film; undefined: left out
 */
export function pairedCorrectness(
  { a, b }: AnswerPair,
  truth: readonly (number | undefined)[],
  shown: ShownPartitions,
  budget: EquationBudget,
): PairedCorrectness {
  const { patients, floor } = shown.crowd;
  const kinds = truth.map((own, row) =>
    own === undefined ? 'unknown' : kindOf(own, a.values[row]!, b.values[row]!),
  );
  const count = (kind: Kind): number => kinds.filter((one) => one === kind).length;
  const few = asCounted.some((kind) =>
    isTooFew(
      patientsWhere(patients, (row) => kinds[row] === kind),
      floor,
    ),
  );
  const moved: Partition = a.values.map((one, row) => (one === b.values[row] ? 0 : 1));
  if (few || nearlyMeetsAnother(moved, [a, b], shown)) return tooFew;
  if (!budget.take(1, `correct ${a.values.join()} ${b.values.join()}`)) return tooMany;
  shown.add(moved);
  return {
    kind: 'counts',
    both: count('both'),
    onlyA: count('onlyA'),
    onlyB: count('onlyB'),
    neither: count('wrong') + count('twiceWrong'),
  };
}

const asCounted = ['both', 'onlyA', 'onlyB', 'wrong', 'twiceWrong'] as const;
type Kind = (typeof asCounted)[number];

function kindOf(truth: number, onA: number, onB: number): Kind {
  if (onA === onB) return onA === truth ? 'both' : 'wrong';
  return onA === truth ? 'onlyA' : onB === truth ? 'onlyB' : 'twiceWrong';
}

/** Answers are tables by truth too, though not among those that are shown in parts. */
function nearlyMeetsAnother(moved: Partition, answers: readonly Curve[], shown: ShownPartitions): boolean {
  const beside = new ShownPartitions(shown.crowd);
  for (const other of [...shown.all, ...answers.map(({ values }) => values)]) beside.add(other);
  return beside.nearlyMeets(moved);
}
