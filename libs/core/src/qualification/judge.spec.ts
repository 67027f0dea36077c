import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FilmAnswer } from '../contract/index.ts';
import { judgeAnswers } from './judge.ts';

type Answered = Extract<FilmAnswer, { kind: 'answered' }>;

const digest = (digit: string) => digit.repeat(64);
const positive = [false, false, false, true, true, true];
const box = { x1: 100, y1: 100, x2: 140, y2: 150, score: 0.9 };
const recipe = {
  classifiers: [{ id: 'binary' }, { id: 'three' }] as never,
  arms: ['original', 'inpainted'] as ('original' | 'inpainted')[],
};

/** Scores of the binary classifier rise with the film's number, so its AUC is 1. */
const film = (number: number): Answered => ({
  kind: 'answered',
  film: `film-${number}`,
  stored: digest('a'),
  outside: digest('b'),
  boxes: [box, { ...box, x1: 300, x2: 340 }],
  logits: [
    [[number], [number * 2]],
    [
      [1, 2, 3],
      [3, 2, 1],
    ],
  ],
});
const films = positive.map((_, i) => film(i));
const changed = (number: number, change: Partial<Answered>): FilmAnswer[] =>
  films.map((one, i) => (i === number ? { ...one, ...change } : one));
const judged = (answers: FilmAnswer[]) => judgeAnswers({ films: answers }, { films, positive }, recipe);
const whatOf = (answers: FilmAnswer[]) => judged(answers).findings.map(({ what }) => what);

describe('judgeAnswers', () => {
  it('qualifies the same answers, and answers within the tolerances', () => {
    expect(judged(films)).toEqual({ state: 'qualified', differences: 0, findings: [] });
    const near = films.map((one) => ({
      ...one,
      boxes: [...one.boxes].reverse().map((b) => ({ ...b, x1: b.x1 + 0.2, score: 0.91 })),
      logits: one.logits.map((arms) => arms.map((values) => values.map((x) => x + 0.0009))),
    }));
    expect(judged(near).state).toBe('qualified');
  });

  it('names the figure that differs, with what was expected', () => {
    expect(whatOf(changed(0, { stored: digest('c') }))).toEqual(['stored-values']);
    expect(whatOf(changed(0, { outside: digest('c') }))).toEqual(['outside-mask']);
    expect(judged(changed(4, { logits: [[[4.0041], [8]], films[4]!.logits[1]!] })).findings).toEqual([
      {
        film: 'film-4',
        what: 'logits',
        classifier: 'binary',
        arm: 'original',
        expected: 4,
        found: 4.0041,
        tolerance: 0.004,
      },
    ]);
  });

  it('wants every box once: none too many, none twice, none moved', () => {
    const [first, second] = films[0]!.boxes;
    expect(whatOf(changed(0, { boxes: [first!] }))).toEqual(['boxes']);
    expect(whatOf(changed(0, { boxes: [first!, first!] }))).toEqual(['boxes']);
    expect(judged(changed(0, { boxes: [first!, { ...second!, x1: 301 }] })).findings[0]).toMatchObject({
      what: 'boxes',
      found: expect.closeTo(0.975, 3),
    });
  });

  it('sees more than two rank flips in an AUC, and a film that no logit came of', () => {
    const flipped = films.map((one, i) => ({
      ...one,
      logits: [[[-i], [i * 2]], one.logits[1]!],
    }));
    expect(judged(flipped).findings.find(({ what }) => what === 'auc')).toMatchObject({
      classifier: 'binary',
      arm: 'original',
      expected: 1,
      found: 0,
    });
    expect(whatOf(changed(2, { logits: [] }))).toEqual(Array.from({ length: 4 }, () => 'logits'));
  });

  it('takes no missing, skipped, renamed or additional film', () => {
    expect(whatOf(films.slice(1))).toContain('missing');
    expect(whatOf([...films, film(9)])).toEqual(['missing']);
    expect(whatOf(changed(1, { film: 'film-9' }))).toEqual(['missing']);
    const skipped: FilmAnswer = { kind: 'skipped', film: 'film-1', reason: 'unreadable' };
    expect(whatOf(films.map((one, i) => (i === 1 ? skipped : one)))).toEqual(['skipped']);
  });

  it('lets no logit pass that is further away than its tolerance', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 1.01, max: 9 }), (x, k) => {
        const at = (value: number): FilmAnswer[] =>
          changed(1, {
            logits: [
              [[1], [2]],
              [
                [x, 2, value],
                [3, 2, 1],
              ],
            ],
          });
        const reference = at(x);
        const moved = at(x + k * 1e-3 * Math.max(1, Math.abs(x)));
        expect(judgeAnswers({ films: moved }, { films: reference, positive }, recipe).state).toBe(
          'not-qualified',
        );
      }),
    );
  });
});
