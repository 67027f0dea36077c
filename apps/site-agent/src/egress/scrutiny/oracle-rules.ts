// Does a report answer a question about single patients? A crafted "classifier" can ask one: who has this marker, who
// is this film. What these rules find does not leave before a person of the site has looked at it. Their sentences
// stay at the site.
import type { ReportResult } from '@sidemark/core/contract';
import type { Cell, DisclosureFacts } from '../../pipeline/result/disclosure/disclosure-facts.ts';
import { classSizesOf } from '../disclosure.ts';
import { isTooFew } from '../../policy/floors.ts';
import { hardFloor } from '../../policy/policy.schema.ts';

/** What speaks against sending the report without a person, in words for the site; empty when nothing does. */
export function oracleProblems(result: ReportResult, facts: DisclosureFacts, floor: number): string[] {
  return [
    ...facts.alone
      .filter(({ patients }) => isTooFew(patients, floor))
      .map(({ cell, patients }) => `${nameOf(cell)} says the same of all patients but ${patients}`),
    ...facts.smallClasses
      .filter(({ patients }) => isTooFew(patients, hardFloor))
      .map(
        ({ cell, patients }) => `${nameOf(cell)} puts ${patients} of the patients in a class of their own`,
      ),
    ...facts.pairs
      .filter(({ a, b, patients }) => isTooFew(patients, a.classifier === b.classifier ? hardFloor : floor))
      .map(({ a, b, patients }) => `${nameOf(a)} and ${nameOf(b)} differ on ${patients} of the patients`),
    ...tooManyCells(result, facts),
  ];
}

export const nameOf = ({ classifier, arm, of }: Cell): string =>
  `${of === undefined ? '' : `the ${of} of `}${classifier} on ${arm}`;

/** Each cell is one equation about the labels: no more of them than patients in the smallest class. */
function tooManyCells(result: ReportResult, facts: DisclosureFacts): string[] {
  const cells = judgedIn(result, facts).reduce((sum, { arms }) => sum + arms.length, 0);
  const patients = smallestClass(result, facts);
  return cells > patients
    ? [`${cells} cells (classifiers by arms), and only ${patients} patients in the smallest class`]
    : [];
}

/** Patients of the smallest class of any classifier that is judged on these rows. */
export function smallestClass(result: ReportResult, facts: DisclosureFacts): number {
  const sizes = judgedIn(result, facts).flatMap((one) => classSizesOf(one));
  return Math.min(...sizes.map(({ patients }) => patients));
}

function judgedIn({ classifiers }: ReportResult, facts: DisclosureFacts): ReportResult['classifiers'] {
  return facts.classifiers.map((index) => classifiers[index]!);
}
