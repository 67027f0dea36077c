import { describe, expect, it } from '@jest/globals';
import { sampleAnalysis } from '../run/analysis.sample.ts';
import {
  cellPairs,
  cellsModel,
  type ComparedRun,
  comparisonsModel,
  digestsTable,
  pairsTable,
  type Sides,
  sitesModel,
} from './compare-model.ts';

const report = (site: string, resultDigest: string) => ({ site, resultDigest, state: 'accepted' });
const side = (change: Partial<ComparedRun['analysis']> = {}, digest = 'd'): ComparedRun =>
  ({
    run: { id: 'r1', jobs: [] },
    protocol: undefined,
    analysis: { ...sampleAnalysis, ...change },
    reports: { reports: [report('id-north', digest.repeat(64)), report('id-south', 'e'.repeat(64))] },
  }) as unknown as ComparedRun;

/** The same cells, an AUC of 0.05 less each. */
const lower = sampleAnalysis.cells.map((cell) => ({
  ...cell,
  meta: cell.meta.answer
    ? { ...cell.meta, answer: { ...cell.meta.answer, estimate: cell.meta.answer.estimate - 0.05 } }
    : cell.meta,
}));
const sides: Sides = {
  ...{ left: side(), right: side({ cells: lower }, 'f'), leftModel: null, rightModel: null },
};

describe('two runs side by side', () => {
  it('lay cells of the same name beside each other, and say by how much they differ', () => {
    const { rows } = cellsModel(sides);
    expect(rows.map(({ name, text, note }) => [name, text, note])).toEqual([
      ['chest on original', '0.820 · 0.770 · −0.050', null],
      ['chest on inpainted', '– · –', 'pooled on neither side'],
    ]);
    expect(pairsTable(sides).rows[0]?.[3]?.text).toBe('−0.050');
  });

  it('lay two models beside each other whatever they are called', () => {
    const renamed = lower.map((cell) => ({ ...cell, classifier: 'chest-2' }));
    const other = { ...sides, right: side({ cells: renamed }) };
    expect(cellPairs(other)).toEqual([]);
    const chosen = cellPairs({ ...other, leftModel: 'chest', rightModel: 'chest-2' });
    expect(chosen.map(({ name }) => name)).toEqual(['original', 'inpainted']);
    expect(sitesModel(chosen[0]!).rows.map(({ name, text }) => [name, text])).toEqual([
      ['north', '0.900 · 0.900 · 0.000'],
      ['south', '0.700 · 0.700 · 0.000'],
    ]);
  });

  it('lay comparisons of the same name beside each other', () => {
    expect(comparisonsModel(sides).rows.map(({ name, text }) => [name, text])).toEqual([
      ['second', '– · –'],
      ['gain', '+0.060 · +0.060 · 0.000'],
    ]);
  });

  it('say which digests differ, and never that what is missing is the same', () => {
    const words = digestsTable(sides).rows.map((row) => [row[0]?.text, row[3]?.text]);
    expect(words).toEqual([
      ['result of north', 'differs'],
      ['result of south', 'same'],
    ]);
    const alone = { ...sides, right: { ...sides.right, reports: { reports: [], missingSequences: [] } } };
    expect(digestsTable(alone).rows.map((row) => row[3]?.text)).toEqual([
      'on one side alone',
      'on one side alone',
    ]);
  });
});
