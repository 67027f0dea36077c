// The finer figures of a report beside those of the earlier ones: tables by truth that nearly meet, calibrations that differ
// on a few patients or ask of one together, and more equations about the labels than there are patients.
import {
  calibrationsAskOfOne,
  calibrationTellsOfFew,
} from '../../pipeline/result/fine/calibration-figures.ts';
import { Crowd, nearlyMeet, type Partition } from '../../pipeline/result/fine/partitions.ts';
import type { Candidate } from './candidate.ts';
import type { Reported } from './reported.store.ts';

/** Over the same images in the same order. */
export function closeFineFigures(candidate: Candidate, before: Reported, floor: number): string[] {
  const { patients } = candidate;
  const crowd = new Crowd(patients, floor);
  const [tables, earlier] = [tablesOf(candidate), tablesOf(before)];
  const meets = tables.filter(({ fine, cells }) =>
    earlier.some((other) => (fine || other.fine) && nearlyMeet(cells, other.cells, crowd)),
  ).length;
  const then = before.calibrated?.map(({ logits }) => logits) ?? [];
  const tells = (candidate.calibrated ?? []).filter(({ logits }) =>
    calibrationTellsOfFew(logits, then, patients, floor),
  );
  return [
    ...(meets > 0 ? [`${meets} tables by truth differ on a few patients from those`] : []),
    ...tells.map(({ name }) => `the calibration of ${name} differs on a few patients from one`),
  ];
}

/** Calibrations on these very patients, of this report and the earlier ones. */
export function oneInCalibrations(
  candidate: Candidate,
  before: readonly Reported[],
  floor: number,
): string[] {
  const { calibrated = [], marks, patients } = candidate;
  const same = before.filter((one) => one.marks.join() === marks.join());
  const earlier = same.flatMap((one) => one.calibrated ?? []);
  if (calibrated.length === 0 || earlier.length === 0) return [];
  const all = new Map([...earlier, ...calibrated].map(({ logits }) => [logits.join(), logits]));
  return calibrationsAskOfOne([...all.values()], patients, floor)
    ? [`${all.size} calibrations, with those of earlier reports, are a question about one patient`]
    : [];
}

/** Equations of all reports on these patients, each once: no more than patients in the smallest class. */
export function tooManyEquations(
  { equations = [], smallestClass }: Candidate,
  before: readonly Reported[],
): string[] {
  const known = new Map(before.flatMap((one) => one.equations ?? []).map(({ key, count }) => [key, count]));
  const news = equations.filter(({ key }) => !known.has(key));
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, one) => total + one, 0);
  const all = sum(known.values()) + sum(news.map(({ count }) => count));
  return before.length > 0 && news.length > 0 && all > smallestClass
    ? [
        `${all} finer figures with those of earlier reports, and only ${smallestClass} patients in the smallest class`,
      ]
    : [];
}

interface Table {
  /** false for the decisions of a cell, which have a rule of their own among themselves */
  readonly fine: boolean;
  readonly cells: Partition;
}

function tablesOf({ cells, tables = [] }: Pick<Reported, 'cells' | 'tables'>): Table[] {
  const read = (text: string): Partition => [...text].map((one) => parseInt(one, 36));
  return [
    ...cells.flatMap(({ decisions }) =>
      decisions === null ? [] : [{ fine: false, cells: read(decisions) }],
    ),
    ...tables.map((text) => ({ fine: true, cells: read(text) })),
  ];
}
