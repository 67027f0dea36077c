import { describe, expect, it } from '@jest/globals';
import { closeFineFigures, tooManyEquations } from './fine-repetition.ts';
import type { Candidate } from './candidate.ts';
import type { Reported } from './reported.store.ts';

const patients = Array.from({ length: 60 }, (_, patient) => patient);
const marks = patients.map((patient) => `${patient}`.padStart(32, '0'));
const table = (edge: number): string => patients.map((row) => (row < edge ? '0' : '1')).join('');
const logits = (target: number): number[] => patients.map((row) => (row === 7 ? target : (row % 13) / 13));
const candidate = (change: Partial<Candidate>): Candidate => ({
  ...{ marks, patients, cells: [], smallestClass: 30 },
  ...change,
});
const before = (change: Partial<Reported>): Reported => ({
  schema: 'sidemark.reported/1',
  job: '00000000-0000-4000-8000-000000000001',
  at: '2026-01-01T00:00:00.000Z',
  resultDigest: 'a'.repeat(64),
  ...{ marks, cells: [] },
  ...change,
});

describe('the finer figures beside those of an earlier report', () => {
  it('are not held when they are the same, or differ on enough patients', () => {
    const earlier = before({ tables: [table(30)], calibrated: [{ name: 'a', logits: logits(0) }] });
    for (const edge of [30, 45])
      expect(closeFineFigures(candidate({ tables: [table(edge)] }), earlier, 10)).toEqual([]);
    const same = candidate({ calibrated: [{ name: 'b', logits: logits(0) }] });
    expect(closeFineFigures(same, earlier, 10)).toEqual([]);
  });

  it('are held when a table or a calibration differs on one patient', () => {
    const earlier = before({ tables: [table(30)], calibrated: [{ name: 'a', logits: logits(0) }] });
    expect(closeFineFigures(candidate({ tables: [table(31)] }), earlier, 10)).toEqual([
      '1 tables by truth differ on a few patients from those',
    ]);
    const other = candidate({ calibrated: [{ name: 'b', logits: logits(1) }] });
    expect(closeFineFigures(other, earlier, 10)).toEqual([
      'the calibration of b differs on a few patients from one',
    ]);
  });

  it('are held beside the decisions of an earlier cell, and decisions beside an earlier table', () => {
    const cell = {
      classifier: 'c',
      arm: 'original',
      model: 'b'.repeat(64),
      ranks: null,
      classes: null,
    } as const;
    const decided = { cells: [{ ...cell, decisions: table(31) }] };
    expect(closeFineFigures(candidate({ tables: [table(30)] }), before(decided), 10)).toHaveLength(1);
    expect(closeFineFigures(candidate(decided), before({ tables: [table(30)] }), 10)).toHaveLength(1);
  });

  it('are no more equations in all than patients of the smallest class, each counted once', () => {
    const equations = (...keys: string[]) => keys.map((key) => ({ key: key.repeat(16), count: 16 }));
    const now = candidate({ equations: equations('a') });
    expect(tooManyEquations(now, [before({ equations: equations('a') })])).toEqual([]);
    expect(tooManyEquations(now, [before({ equations: equations('b') })])).toEqual([
      '32 finer figures with those of earlier reports, and only 30 patients in the smallest class',
    ]);
    expect(tooManyEquations(now, [])).toEqual([]);
  });
});
