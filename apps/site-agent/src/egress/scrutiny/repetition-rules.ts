// What a report tells beside the earlier reports of this site: over nearly the same patients, by nearly the same
// classifier, or simply once more. Two figures that differ on a few patients tell of these patients.
import { type Curve, orderOf } from '../../pipeline/result/curves.ts';
import { affectedPatients, decidedOtherwise } from '../../pipeline/result/disclosure/affected-patients.ts';
import { patientsWhere } from '../../pipeline/result/disclosure/patients-where.ts';
import { isTooFew } from '../../policy/floors.ts';
import type { Candidate } from './candidate.ts';
import { closeFineFigures, oneInCalibrations, tooManyEquations } from './fine-repetition.ts';
import { largestShare, mostShare } from './concentration.ts';
import { nameOf } from './oracle-rules.ts';
import type { Reported, ShownCell } from './reported.store.ts';

/** Each set of rows of the reports as a report of its own: figures on other rows are no figures on these. */
export function bySetOfRows(earlier: readonly Reported[]): Reported[] {
  return earlier.flatMap(({ others = [], ...first }) => [
    first,
    ...others.map((one) => ({ ...first, ...one })),
  ]);
}

/** Earlier reports that rest on any of the same patients. */
export function reportsOnSamePatients(earlier: readonly Reported[], marks: readonly string[]): Reported[] {
  const now = new Set(marks);
  return earlier.filter((one) => one.marks.some((mark) => now.has(mark)));
}

/** What speaks against sending the report beside the earlier ones, in words for the site; empty when nothing does. */
export function repetitionProblems(
  candidate: Candidate,
  earlier: readonly Reported[],
  floor: number,
): string[] {
  const before = reportsOnSamePatients(earlier, candidate.marks);
  const beside = before.flatMap((one) => {
    const others = patientsExchanged(candidate.marks, one.marks);
    const where = `in the report of job ${one.job}`;
    if (isTooFew(others, floor)) return [`the patients are those ${where}, but for ${others}`];
    if (others > 0) return [];
    const close = [...closeCells(candidate, one, floor), ...closeFineFigures(candidate, one, floor)];
    return close.map((problem) => `${problem} ${where}`);
  });
  return [
    ...beside,
    ...tooManyCells(candidate, before),
    ...tooManyEquations(candidate, before),
    ...oneInAll(candidate, before),
    ...oneInCalibrations(candidate, before, floor),
  ];
}

/** All classifiers on these very patients, of this report and the earlier ones, as one question about one of them. */
function oneInAll({ cells, marks, patients }: Candidate, before: readonly Reported[]): string[] {
  const same = before.filter((one) => patientsExchanged(marks, one.marks) === 0);
  const curves = curvesByModel([...same.flatMap((one) => one.cells), ...cells]);
  // of one classifier the other rules speak
  if (curves.length < 2) return [];
  const share = largestShare(curves, patients);
  const percent = (value: number): string => `${Math.round(100 * value)} %`;
  return share > mostShare
    ? [
        `${curves.length} classifiers together are a question about one patient: this patient makes up ${percent(share)} of their sum, more than ${percent(mostShare)}`,
      ]
    : [];
}

/** One curve for each model, the mean of its arms: what differs between arms is judged by itself. */
function curvesByModel(cells: readonly ShownCell[]): number[][] {
  const ofModel = new Map<string, Map<string, readonly number[]>>();
  for (const cell of cells) {
    if (cell.ranks === null) continue;
    const known = ofModel.get(cell.model) ?? new Map<string, readonly number[]>();
    ofModel.set(cell.model, known.set(equationOf(cell), cell.ranks));
  }
  return [...ofModel.values()].map((known) => {
    const arms = [...known.values()];
    return arms[0]!.map((_, row) => arms.reduce((sum, ranks) => sum + ranks[row]!, 0) / arms.length);
  });
}

/** Cells of all reports on these patients, each once: as of one report, no more than patients in the smallest class. */
function tooManyCells({ cells, smallestClass }: Candidate, before: readonly Reported[]): string[] {
  const known = new Set(before.flatMap((one) => one.cells.map(equationOf)));
  const news = new Set(cells.map(equationOf).filter((equation) => !known.has(equation)));
  const all = known.size + news.size;
  return before.length > 0 && news.size > 0 && all > smallestClass
    ? [`${all} cells with those of earlier reports, and only ${smallestClass} patients in the smallest class`]
    : [];
}

const equationOf = ({ model, arm, ranks, classes }: ShownCell): string =>
  `${model} ${arm} ${(ranks ?? classes ?? []).join()}`;

/** Patients added, removed or changed (label, class or films): the larger of those of one side alone. */
function patientsExchanged(a: readonly string[], b: readonly string[]): number {
  const [inA, inB] = [new Set(a), new Set(b)];
  const only = (list: readonly string[], other: ReadonlySet<string>): number =>
    list.filter((mark) => !other.has(mark)).length;
  return Math.max(only(a, inB), only(b, inA));
}

/** Cells of both reports, over the same images in the same order, that are nearly one. */
function closeCells({ cells, patients }: Candidate, { cells: before }: Reported, floor: number): string[] {
  const [ours, theirs] = [cells.map(curveOf), before.map(curveOf)];
  return cells.flatMap((now, i) =>
    before.flatMap((then, k) => {
      const names = `${nameOf(now)} differs from ${nameOf(then)}`;
      const [a, b] = [ours[i], theirs[k]];
      const differ = a && b && a.kind === b.kind ? affectedPatients(a, b, patients, floor) : 0;
      if (isTooFew(differ, floor)) return [`${names} on ${differ} of the patients`];
      const redrawn = redrawnOf(now, then, patients).find(({ count }) => isTooFew(count, floor));
      if (redrawn) return [`${names} in the ${redrawn.of} on ${redrawn.count} of the patients`];
      if (now.decisions === null || then.decisions === null) return [];
      const decided = decidedOtherwise(bits(now.decisions), bits(then.decisions), patients);
      return isTooFew(decided, floor) ? [`${names} in the decision on ${decided} of the patients`] : [];
    }),
  );
}

/** Patients for whom both cells drew something, and not the same. */
function redrawnOf(
  now: ShownCell,
  then: ShownCell,
  patients: readonly number[],
): { of: string; count: number }[] {
  return (now.pictures ?? []).flatMap(({ of, prints }) => {
    const before = then.pictures?.find((one) => one.of === of)?.prints;
    return before ? [{ of, count: patientsWhere(patients, (row) => prints[row] !== before[row]) }] : [];
  });
}

const bits = (decisions: string): boolean[] => [...decisions].map((one) => one === '1');

function curveOf({ classifier, arm, model, ranks, classes }: ShownCell): Curve | undefined {
  const common = { classifier, arm, model };
  if (classes !== null) return { ...common, kind: 'multiclass', values: classes };
  return ranks === null ? undefined : { ...common, kind: 'binary', values: ranks, order: orderOf(ranks) };
}
