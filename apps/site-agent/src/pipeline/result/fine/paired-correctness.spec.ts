import { describe, expect, it } from '@jest/globals';
import type { Arm, PairedCorrectness } from '@sidemark/core/contract';
import { seededRandom } from '@sidemark/phantom';
import type { Curve } from '../curves.ts';
import { EquationBudget } from './equation-budget.ts';
import { askedPairs, pairedCorrectness } from './paired-correctness.ts';
import { Crowd, ShownPartitions } from './partitions.ts';

const FLOOR = 10;
const CLASSES = 3;

const curve = (arm: Arm, values: readonly number[], classifier = 'grades'): Curve => ({
  ...{ classifier, arm, values },
  kind: 'multiclass',
  model: 'a'.repeat(64),
});

/** Films of three classes: right with a chance of its own on each arm, else one of the wrong answers. */
function study(films: number): { truth: number[]; a: number[]; b: number[] } {
  const random = seededRandom('correctness');
  const truth = Array.from({ length: films }, () => Math.floor(CLASSES * random.next()));
  const answer =
    (chance: number) =>
    (own: number): number =>
      random.next() < chance ? own : (own + 1 + Math.floor(2 * random.next())) % CLASSES;
  return { truth, a: truth.map(answer(0.5)), b: truth.map(answer(0.7)) };
}

function asked(
  { truth, a, b }: ReturnType<typeof study>,
  { floor = FLOOR, patients = truth.map((_, row) => row), smallestClass = 40 } = {},
): { found: PairedCorrectness; budget: EquationBudget; shown: ShownPartitions } {
  const shown = new ShownPartitions(new Crowd(patients, floor));
  const budget = new EquationBudget(smallestClass, floor);
  const pair = { a: curve('original', a), b: curve('inpainted', b) };
  return { found: pairedCorrectness(pair, truth, shown, budget), budget, shown };
}

const countIf = (films: ReturnType<typeof study>, holds: (a: boolean, b: boolean) => boolean): number =>
  films.truth.filter((own, row) => holds(films.a[row] === own, films.b[row] === own)).length;

describe(pairedCorrectness, () => {
  it('counts films by who is right, for one equation', () => {
    const films = study(300);
    const { found, budget, shown } = asked(films);
    expect(found).toEqual({
      kind: 'counts',
      both: countIf(films, (a, b) => a && b),
      onlyA: countIf(films, (a, b) => a && !b),
      onlyB: countIf(films, (a, b) => !a && b),
      neither: countIf(films, (a, b) => !a && !b),
    });
    expect(budget.taken).toEqual([{ key: expect.stringMatching(/^[0-9a-f]{16}$/), count: 1 }]);
    expect(shown.all).toHaveLength(1);
  });

  it('keeps a table in which a few patients are right on one arm alone', () => {
    const films = study(300);
    const changed = [...films.truth.keys()].filter((row) => films.b[row] === films.truth[row]).slice(0, 4);
    // right on a wherever right on b, but for four films
    const a = films.truth.map((own, row) =>
      changed.includes(row) ? (own + 1) % CLASSES : films.b[row] === own ? own : films.a[row]!,
    );
    const found = asked({ ...films, a }).found;
    expect(found).toEqual({ kind: 'not-estimable', reason: 'too-few-affected' });
    expect(asked({ ...films, a }, { floor: 1 }).found).toMatchObject({ kind: 'counts', onlyB: 4 });
  });

  it('counts patients, not films', () => {
    const films = study(300);
    const patients = films.truth.map((_, row) => row % 60);
    expect(asked(films, { patients }).found.kind).toBe('counts');
    const fewer = films.truth.map((_, row) => row % 9);
    expect(asked(films, { patients: fewer }).found).toMatchObject({ reason: 'too-few-affected' });
  });

  it('says so when the labels could be solved for', () => {
    expect(asked(study(300), { smallestClass: 1 }).found).toEqual({
      kind: 'not-estimable',
      reason: 'too-many-figures',
    });
  });
});

describe(askedPairs, () => {
  it('takes what the protocol asks for before all, where both are judged on the same rows', () => {
    const curves = [curve('original', [0, 1], 'one'), curve('inpainted', [1, 1], 'two')];
    const cell = (classifier: string, arm: Arm) => ({ classifier, arm });
    const asked = [
      { id: 'own-arms', a: cell('two', 'inpainted'), b: cell('one', 'original') },
      { id: 'elsewhere', a: cell('two', 'inpainted'), b: cell('three', 'original') },
    ];
    const { first, others } = askedPairs(curves, asked);
    expect(first.map(({ a, b }) => [a.classifier, b.classifier])).toEqual([['two', 'one']]);
    expect(others).toEqual([]);
  });

  it('takes original and inpainted first, and no placebo', () => {
    const arms: Arm[] = ['original', 'inpainted', 'clipped', 'placebo'];
    const curves = ['one', 'two'].flatMap((id) => arms.map((arm) => curve(arm, [0, 1], id)));
    const { first, others } = askedPairs(curves, []);
    const named = (pairs: typeof first): string[] =>
      pairs.map(({ a, b }) => `${a.classifier} ${a.arm} ${b.arm}`);
    expect(named(first)).toEqual(['one original inpainted', 'two original inpainted']);
    expect(named(others)).toHaveLength(4);
    expect(named(others).join()).not.toContain('placebo');
  });
});
