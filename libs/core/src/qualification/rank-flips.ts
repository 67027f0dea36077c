// AUCs on the pack: a machine may swap the order of two films whose scores nearly tie, and no more.
import type { FilmAnswer, Finding, PackReference, Recipe } from '../contract/index.ts';
import { twoU } from '../stats/index.ts';
import { finding } from './finding.ts';

/** Two pairs in another order: each moves 2U by 2. */
export const mostFlips = 2;

/** One finding for each binary classifier and arm whose AUC differs by more than two rank flips. */
export function aucFindings(
  answers: readonly FilmAnswer[],
  { films, positive }: Pick<PackReference, 'films' | 'positive'>,
  { classifiers, arms }: Pick<Recipe, 'classifiers' | 'arms'>,
): Finding[] {
  const pairs = 2 * positive.filter((one) => one).length * positive.filter((one) => !one).length;
  return classifiers.flatMap(({ id }, c) =>
    arms.flatMap((arm, a) => {
      const [expected, found] = [countOf(films, positive, c, a), countOf(answers, positive, c, a)];
      if (expected === undefined || found === undefined || pairs === 0) return [];
      if (Math.abs(expected - found) <= 2 * mostFlips) return [];
      return finding('auc', {
        classifier: id,
        arm,
        expected: expected / pairs,
        found: found / pairs,
        tolerance: (2 * mostFlips) / pairs,
      });
    }),
  );
}

/** 2U; undefined for a classifier of several classes, and where a film has no single logit. */
function countOf(
  films: readonly FilmAnswer[],
  positive: readonly boolean[],
  classifier: number,
  arm: number,
): number | undefined {
  const scores = positive.map((_, i) => {
    const film = films[i];
    const logits = film?.kind === 'answered' ? film.logits[classifier]?.[arm] : undefined;
    return logits?.length === 1 ? logits[0]! : NaN;
  });
  if (!scores.every(Number.isFinite)) return undefined;
  const count = twoU(
    scores,
    positive.map((one) => (one ? 1 : 0)),
  );
  return count.kind === 'estimate' ? count.value : undefined;
}
