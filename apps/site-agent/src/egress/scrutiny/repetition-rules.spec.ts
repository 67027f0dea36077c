import { describe, expect, it } from '@jest/globals';
import { midranks } from '@sidemark/core/stats';
import { seededRandom } from '@sidemark/phantom';
import { deriveMarkKey, patientMarks } from '../../dataset/patient-marks.ts';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import { ids } from '../../jobs/trial.sample.ts';
import type { Candidate } from './candidate.ts';
import { bySetOfRows, repetitionProblems, reportsOnSamePatients } from './repetition-rules.ts';
import type { Reported, ShownCell } from './reported.store.ts';

const random = seededRandom('repetition');
const key = deriveMarkKey(new Uint8Array(32).fill(5));
const row = (n: number, change: Partial<DatasetRow> = {}): DatasetRow => ({
  path: `${n}.png`,
  sha256: `${n}`.padStart(64, '0'),
  label: n % 2 === 0 ? 0 : 1,
  patient: `ANON-${n}`,
  ...change,
});
const rows = Array.from({ length: 40 }, (_, n) => row(n));
const scores = rows.map(() => random.next());

const cell = (of: readonly number[], more: Partial<ShownCell> = {}): ShownCell => ({
  classifier: 'one',
  arm: 'original',
  model: 'a'.repeat(64),
  ranks: [...midranks(of)],
  classes: null,
  decisions: null,
  ...more,
});
const earlier = (from: readonly DatasetRow[], cells: readonly ShownCell[]): Reported => ({
  schema: 'sidemark.reported/1',
  job: ids.job,
  at: '2026-01-01T00:00:00.000Z',
  resultDigest: 'e'.repeat(64),
  marks: patientMarks(from, key),
  cells: [...cells],
});
const candidate = (
  from: readonly DatasetRow[],
  cells: readonly ShownCell[],
  smallestClass = 20,
): Candidate => ({
  marks: patientMarks(from, key),
  cells: [...cells],
  patients: from.map((_, patient) => patient),
  smallestClass,
});
const problems = (now: readonly DatasetRow[], then: readonly DatasetRow[]): string[] =>
  repetitionProblems(candidate(now, [cell(scores.slice(0, now.length))]), [earlier(then, [])], 10);

describe('patient marks', () => {
  it('know a patient under another pseudonym, path or place, and are none of the patient’s data', () => {
    const marks = patientMarks(rows, key);
    const renamed = rows.map((one, n) => ({ ...one, patient: `X${n}`, path: `${n}.dcm` })).reverse();
    expect(patientMarks(renamed, key)).toEqual(marks);
    expect(new Set(marks).size).toBe(40);
    expect(patientMarks(rows, deriveMarkKey(new Uint8Array(32).fill(6)))).not.toEqual(marks);
    expect(marks.join()).not.toMatch(/ANON|0{20}/);
  });

  it('are one for a patient of several films', () => {
    expect(patientMarks([row(1), row(2, { patient: 'ANON-1' })], key)).toHaveLength(1);
  });
});

describe('nearly the same patients', () => {
  it.each([
    ['one left out', rows.slice(1), 1],
    ['one added', [...rows, row(99)], 1],
    ['one exchanged', [...rows.slice(1), row(99)], 1],
    ['one label corrected', [row(0, { label: 1 }), ...rows.slice(1)], 1],
    ['one with another class', [row(0, { class: 2 }), ...rows.slice(1)], 1],
    ['nine left out', rows.slice(9), 9],
  ])('%s: a person decides', (_what, now, count) => {
    expect(problems(now, rows)).toEqual([
      `the patients are those in the report of job ${ids.job}, but for ${count}`,
    ]);
  });

  it.each([
    ['the same', rows],
    ['ten left out', rows.slice(10)],
    ['all others', rows.map((_, n) => row(n + 100))],
  ])('%s: nothing to decide', (_what, now) => {
    expect(problems(now, rows)).toEqual([]);
  });

  it('count as one for the budget as soon as they share a patient', () => {
    const reports = [earlier(rows.slice(0, 20), []), earlier(rows.slice(20), [])];
    expect(reportsOnSamePatients(reports, patientMarks(rows.slice(0, 3), key))).toHaveLength(1);
    expect(reportsOnSamePatients(reports, patientMarks([row(100)], key))).toEqual([]);
  });
});

describe('nearly the same classifier in an earlier report', () => {
  const other = { classifier: 'two', model: 'b'.repeat(64) };
  const beside = (now: ShownCell, then: ShownCell, smallestClass?: number): string[] =>
    repetitionProblems(candidate(rows, [now], smallestClass), [earlier(rows, [then])], 10);

  it('that differs on one patient: a person decides', () => {
    const twin = scores.map((score, n) => (n === 3 ? 5 : 2 * score));
    expect(beside(cell(twin, other), cell(scores))).toEqual([
      `two on original differs from one on original on 1 of the patients in the report of job ${ids.job}`,
    ]);
  });

  it('that is the same, or another altogether: nothing to decide', () => {
    expect(beside(cell(scores), cell(scores))).toEqual([]);
    expect(
      beside(
        cell(
          scores.map((score) => 2 * score),
          other,
        ),
        cell(scores),
      ),
    ).toEqual([]);
    expect(
      beside(
        cell(
          rows.map(() => random.next()),
          other,
        ),
        cell(scores),
      ),
    ).toEqual([]);
  });

  it('that decides otherwise on one patient: a person decides; what was withheld was not shown', () => {
    const decided = (flip: number): string => rows.map((_, n) => (n === flip ? '1' : `${n % 2}`)).join('');
    const now = cell(scores, { decisions: decided(-1) });
    expect(beside(now, cell(scores, { decisions: decided(4) }))).toEqual([
      `one on original differs from one on original in the decision on 1 of the patients in the report of job ${ids.job}`,
    ]);
    expect(beside(now, cell(scores))).toEqual([]);
  });

  it('that draws otherwise on one patient: a person decides', () => {
    const drawn = (print: number) =>
      cell(scores, {
        pictures: [{ of: 'segmentation', prints: rows.map((_, n) => (n === 4 ? print : n + 1)) }],
      });
    expect(beside(drawn(99), drawn(5))).toEqual([
      `one on original differs from one on original in the segmentation on 1 of the patients in the report of job ${ids.job}`,
    ]);
    expect(beside(drawn(5), drawn(5))).toEqual([]);
    expect(beside(drawn(99), cell(scores))).toEqual([]);
  });

  it('is looked for among all sets of rows of a report', () => {
    const report = earlier(rows.slice(0, 20), []);
    const second = { marks: patientMarks(rows.slice(20), key), cells: [] };
    const sets = bySetOfRows([{ ...report, others: [second] }]);
    expect(sets.map(({ marks, job }) => [marks.length, job])).toEqual([
      [20, ids.job],
      [20, ids.job],
    ]);
    expect(repetitionProblems(candidate(rows.slice(21), [cell(scores.slice(21))]), sets, 10)).toHaveLength(1);
  });

  it('of which there are more than patients in the smallest class, in all reports together', () => {
    const cells = rows.slice(0, 12).map(() => cell(rows.map(() => random.next())));
    const found = repetitionProblems(
      candidate(rows, cells.slice(6), 11),
      [earlier(rows, cells.slice(0, 6))],
      10,
    );
    expect(found[0]).toBe(
      '12 cells with those of earlier reports, and only 11 patients in the smallest class',
    );
    // the same cells once more are no more cells
    expect(
      repetitionProblems(candidate(rows, cells.slice(0, 3), 5), [earlier(rows, cells.slice(0, 6))], 10),
    ).toEqual([]);
  });
});
