// Does a site's machine compute what the trial office's does? Imaging trials ask this with physical phantoms.
import type { Answers, FilmAnswer, Finding, PackReference, Recipe, Verdict } from '../contract/index.ts';
import { boxDifference } from './boxes.ts';
import { finding } from './finding.ts';
import { aucFindings } from './rank-flips.ts';

type Answered = Extract<FilmAnswer, { kind: 'answered' }>;

/** Of a logit x: this times max(1, |x|). onnxruntime differs by about 1e-5 between AVX2 and AVX-512. */
export const logitTolerance = 1e-3;
const findingsKept = 40;

/**
 * Stored values and pixels outside the boxes are equal, detections match one to one at IoU >= 0.98, logits agree to
 * 1e-3 x max(1, |x|), AUCs to two rank flips.
 */
export function judgeAnswers(
  answers: Pick<Answers, 'films'>,
  reference: Pick<PackReference, 'films' | 'positive'>,
  recipe: Pick<Recipe, 'classifiers' | 'arms'>,
): Verdict {
  const findings = [
    ...reference.films.flatMap((expected, i) => filmFindings(expected, answers.films[i], recipe)),
    ...(answers.films.length > reference.films.length ? [finding('missing')] : []),
    ...aucFindings(answers.films, reference, recipe),
  ];
  return {
    state: findings.length === 0 ? 'qualified' : 'not-qualified',
    differences: findings.length,
    findings: findings.slice(0, findingsKept),
  };
}

function filmFindings(
  expected: FilmAnswer,
  found: FilmAnswer | undefined,
  recipe: Pick<Recipe, 'classifiers' | 'arms'>,
): Finding[] {
  const { film } = expected;
  if (found === undefined || found.film !== film) return [finding('missing', { film })];
  if (expected.kind === 'skipped' || found.kind === 'skipped')
    return expected.kind === found.kind ? [] : [finding('skipped', { film })];
  const boxes = boxDifference(expected.boxes, found.boxes);
  return [
    ...(expected.stored === found.stored ? [] : [finding('stored-values', { film })]),
    ...(expected.outside === found.outside ? [] : [finding('outside-mask', { film })]),
    ...(boxes === undefined ? [] : [finding('boxes', { film, ...boxes })]),
    ...logitFindings(expected, found, recipe),
  ];
}

function logitFindings(
  expected: Answered,
  found: Answered,
  { classifiers, arms }: Pick<Recipe, 'classifiers' | 'arms'>,
): Finding[] {
  const { film } = expected;
  return expected.logits.flatMap((ofArms, c) =>
    ofArms.flatMap((values, a) => {
      const others = found.logits[c]?.[a];
      const where = { film, classifier: classifiers[c]?.id ?? null, arm: arms[a] ?? null };
      if (others?.length !== values.length) return [finding('logits', where)];
      const worst = worstOf(values, others);
      return worst === undefined ? [] : [finding('logits', { ...where, ...worst })];
    }),
  );
}

/** The figure that is furthest beyond its tolerance; undefined when none is. */
function worstOf(
  expected: readonly number[],
  found: readonly number[],
): Pick<Finding, 'expected' | 'found' | 'tolerance'> | undefined {
  const beyond = expected
    .map((value, i) => ({
      expected: value,
      found: found[i]!,
      tolerance: logitTolerance * Math.max(1, Math.abs(value)),
    }))
    .filter((one) => !(Math.abs(one.found - one.expected) <= one.tolerance));
  return beyond.sort((a, b) => Math.abs(b.found - b.expected) - Math.abs(a.found - a.expected))[0];
}
