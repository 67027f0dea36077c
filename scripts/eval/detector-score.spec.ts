import { describe, expect, it } from '@jest/globals';
import type { Detection } from '@sidemark/core/imaging';
import type { AnnotatedFilm } from './annotated-films.ts';
import { byType, scoreFilm, summarise } from './detector-score.ts';

const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 });
const found = (...at: [number, number, number, number]): Detection => ({
  box: box(...at),
  maskBox: box(...at),
  score: 0.9,
  label: 2,
});
const film: AnnotatedFilm = {
  path: 'a.png',
  site: 'north',
  annotations: [
    { box: box(100, 100, 140, 150), text: 'L', type: 'letter L' },
    { box: box(300, 100, 380, 120), text: 'other', type: 'word' },
  ],
};

describe('scoreFilm', () => {
  it('counts a letter as found whatever the class, and covered when the dilated box holds it', () => {
    const [marker] = scoreFilm(film, [found(102, 102, 140, 150)]).markers;
    expect(marker).toMatchObject({ found: true, covered: true });
  });

  it('knows a letter that is found but not covered, and one that is neither', () => {
    expect(scoreFilm(film, [found(100, 100, 122, 150)]).markers[0]).toMatchObject({
      found: true,
      covered: false,
    });
    expect(scoreFilm(film, []).markers[0]).toMatchObject({ found: false, covered: false });
  });

  it('calls a detection false only where nothing was annotated', () => {
    const detections = [found(310, 100, 330, 120), found(380, 118, 398, 138), found(500, 500, 520, 520)];
    expect(scoreFilm(film, detections).falsePositives).toEqual([box(500, 500, 520, 520)]);
  });
});

describe('summarise', () => {
  it('gives shares of letters and counts a film', () => {
    const films = [
      scoreFilm(film, [found(100, 100, 140, 150)]),
      scoreFilm(film, [found(500, 500, 520, 520)]),
    ];
    const all = summarise(films);
    expect(all).toMatchObject({
      films: 2,
      markers: 2,
      recall: { n: 2, value: 0.5 },
      coverage: { value: 0.5 },
    });
    expect(all.falsePositivesPerFilm.value).toBe(0.5);
    expect(all.recall.interval[0]).toBeGreaterThan(0);
    expect(byType(films)).toMatchObject([{ type: 'letter L', recall: { n: 2, value: 0.5 } }]);
  });
});
