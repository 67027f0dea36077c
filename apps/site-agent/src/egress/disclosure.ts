// Does a report keep to the floor? Every class of every classifier and comparison holds `floor` patients or more.
import type { Report, ReportResult } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';

type Classifier = ReportResult['classifiers'][number];

function sizesOf(classifier: Classifier): readonly { readonly patients: number }[] {
  return classifier.kind === 'binary' ? [classifier.positives, classifier.negatives] : classifier.classes;
}

/**
 * What speaks against sending a report, in words for the local log; empty when nothing does.
 * @param expected what the job approved at this site is about.
 */
export function disclosureProblems(
  report: Report,
  floor: number,
  expected: { readonly job: string; readonly protocolDigest: string },
): string[] {
  const below = (sizes: readonly { readonly patients: number }[]): boolean =>
    sizes.some(({ patients }) => patients < floor);
  const { header, result, resultDigest } = report;
  const problems: string[] = [];
  if (header.job !== expected.job) problems.push('the report is about another job');
  if (header.protocolDigest !== expected.protocolDigest)
    problems.push('the report is about another protocol');
  if (digestOf(result) !== resultDigest) problems.push('the result digest does not fit the result');
  result.classifiers.forEach((classifier, i) => {
    if (below(sizesOf(classifier))) problems.push(`classifier ${i + 1} has a class below ${floor} patients`);
  });
  result.comparisons.forEach(({ positives, negatives }, i) => {
    if (below([positives, negatives]))
      problems.push(`comparison ${i + 1} has a class below ${floor} patients`);
  });
  return problems;
}
