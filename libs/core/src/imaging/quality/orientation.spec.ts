import { describe, expect, it } from '@jest/globals';
import { grayImage } from '../gray-image.ts';
import { faultsOf, flagOnly, judgeFilm, settleFilm } from './film-check.ts';
import { markerDisagrees } from './marker-side.ts';
import { judgeOrientation, type OrientationJudgement } from './orientation.ts';
import { type Turn, turnPicture } from './turn.ts';

const none: Turn = { quarters: 0, mirrored: false };
const film = grayImage(3, 2, new Uint8Array([1, 2, 3, 4, 5, 6]), 8);
const everyTurn = ([0, 1, 2, 3] as const).flatMap((quarters) =>
  [false, true].map((mirrored): Turn => ({ quarters, mirrored })),
);
const polarity = { verdict: 'bone-white', score: 0.3 } as const;

/** Where rows and columns run after a turn: the directions are turned like the picture. */
function turnedAxes([row, column]: [string, string], { quarters, mirrored }: Turn): [string, string] {
  const opposite: Record<string, string> = { L: 'R', R: 'L', H: 'F', F: 'H' };
  let [x, y] = [row, column];
  // clockwise: what pointed right points down, what pointed down points left
  for (let i = 0; i < quarters; i++) [x, y] = [opposite[y]!, x];
  return [mirrored ? opposite[x]! : x, y];
}

describe('turnPicture', () => {
  it('turns clockwise, then mirrors', () => {
    const turned = (turn: Turn): number[] => [...turnPicture(film, turn).pixels];
    expect(turned({ quarters: 1, mirrored: false })).toEqual([4, 1, 5, 2, 6, 3]);
    expect(turned({ quarters: 2, mirrored: false })).toEqual([6, 5, 4, 3, 2, 1]);
    expect(turned({ quarters: 3, mirrored: false })).toEqual([3, 6, 2, 5, 1, 4]);
    expect(turned({ quarters: 0, mirrored: true })).toEqual([3, 2, 1, 6, 5, 4]);
    expect(turned({ quarters: 1, mirrored: true })).toEqual([1, 4, 2, 5, 3, 6]);
    expect(turnPicture(film, { quarters: 1, mirrored: false })).toMatchObject({ width: 2, height: 3 });
  });

  it('keeps the very film when there is nothing to turn, and never writes into it', () => {
    expect(turnPicture(film, none)).toBe(film);
    const buffer = { ...film, pixels: Buffer.from([1, 2, 3, 4, 5, 6]) };
    for (const turn of everyTurn) turnPicture(buffer, turn);
    expect([...buffer.pixels]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('judgeOrientation', () => {
  it.each([
    ['L\\F', 'upright'],
    ['R\\F', 'mirrored'],
    ['R\\H', 'rotated'],
    ['F\\R', 'rotated'],
    ['H\\L', 'rotated'],
    ['L\\H', 'rotated-mirrored'],
    ['LA\\FP', 'upright'],
    ['A\\F', 'lateral'],
    ['P\\F', 'lateral'],
    ['', 'undeclared'],
    ['L', 'undeclared'],
    ['L\\R', 'undeclared'],
    ['X\\Y', 'undeclared'],
  ])('%s is %s', (text, verdict) => {
    expect(judgeOrientation({ patientOrientation: text.split('\\') }).verdict).toBe(verdict);
  });

  it.each(['LF', 'RF', 'RH', 'LH', 'FR', 'FL', 'HL', 'HR'])('%s: its turn leads to L, F', (axes) => {
    const [row, column] = [axes[0]!, axes[1]!];
    const { turn } = judgeOrientation({ patientOrientation: [row, column] });
    expect(turnedAxes([row, column], turn)).toEqual(['L', 'F']);
  });

  it('takes a lateral View Position, whatever else is said', () => {
    expect(judgeOrientation({ viewPosition: 'LL', patientOrientation: ['L', 'F'] }).verdict).toBe('lateral');
    expect(judgeOrientation({ viewPosition: 'PA' }).verdict).toBe('undeclared');
  });
});

describe('settleFilm', () => {
  const judged = (...patientOrientation: string[]): { orientation: OrientationJudgement } => ({
    orientation: judgeOrientation({ patientOrientation }),
  });

  it('leaves a flagged film as it is', () => {
    const judgement = { polarity: { verdict: 'inverted', score: -0.3 } as const, ...judged('F', 'L') };
    expect(faultsOf(judgement)).toEqual(['inverted', 'mirrored', 'rotated']);
    const settled = settleFilm(film, judgement, flagOnly);
    expect(settled).toMatchObject({ kind: 'kept', turn: none, rest: { quarters: 1, mirrored: true } });
    expect(settled.kind === 'kept' && settled.film).toBe(film);
  });

  it('corrects what it is told to, and says what is left', () => {
    const judgement = { polarity: { verdict: 'inverted', score: -0.3 } as const, ...judged('R', 'H') };
    const settled = settleFilm(film, judgement, { ...flagOnly, inverted: 'correct', rotated: 'correct' });
    expect(settled).toMatchObject({ kind: 'kept', turn: { quarters: 2, mirrored: false }, rest: none });
    expect(settled.kind === 'kept' && [...settled.film.pixels]).toEqual([249, 250, 251, 252, 253, 254]);
    const half = settleFilm(film, { polarity, ...judged('L', 'H') }, { ...flagOnly, mirrored: 'correct' });
    expect(half).toMatchObject({ turn: { mirrored: true }, rest: { quarters: 2, mirrored: false } });
  });

  it('excludes by the first fault that excludes', () => {
    const judgement = { polarity, ...judged('L', 'H') };
    const settled = settleFilm(film, judgement, { ...flagOnly, mirrored: 'correct', rotated: 'exclude' });
    expect(settled).toEqual({ kind: 'excluded', fault: 'rotated' });
  });

  it('does not call a lateral film inverted: its polarity was not measured', () => {
    const judgement = { polarity: { verdict: 'inverted', score: -0.3 } as const, ...judged('A', 'F') };
    expect(faultsOf(judgement)).toEqual(['lateral']);
  });
});

describe('markerDisagrees', () => {
  const letter = (side: 'left' | 'right', x: number) => ({ side, box: { x1: x, y1: 0, x2: x + 10, y2: 10 } });
  const facts = { width: 100, turn: none, lateral: false };

  it('expects the patient’s left on the viewer’s right', () => {
    expect(markerDisagrees([letter('left', 80), letter('right', 5)], facts)).toBe(false);
    expect(markerDisagrees([letter('left', 5)], facts)).toBe(true);
    expect(markerDisagrees([], facts)).toBe(false);
  });

  it('follows what the header says of the film', () => {
    const mirrored = { ...facts, turn: { quarters: 0, mirrored: true } as const };
    expect(markerDisagrees([letter('left', 5)], mirrored)).toBe(false);
    const headDown = { ...facts, turn: { quarters: 2, mirrored: false } as const };
    expect(markerDisagrees([letter('left', 80)], headDown)).toBe(true);
    const onItsSide = { ...facts, turn: { quarters: 1, mirrored: false } as const };
    expect(markerDisagrees([letter('left', 5)], onItsSide)).toBe(false);
  });

  it('holds a letter against Image Laterality', () => {
    expect(markerDisagrees([letter('left', 80)], { ...facts, laterality: 'R' })).toBe(true);
    expect(markerDisagrees([letter('right', 5)], { ...facts, laterality: 'U' })).toBe(false);
    expect(markerDisagrees([letter('left', 5)], { ...facts, lateral: true, laterality: 'L' })).toBe(false);
  });
});

describe('judgeFilm', () => {
  it('does not judge the polarity of another part of the body', () => {
    expect(judgeFilm(film, { bodyPart: 'HIP' }).polarity.verdict).toBe('undecided');
  });

  it('judges polarity upright, as the header says', () => {
    const side = 128;
    const pixels = new Uint8Array(side * side);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [u, v] = [x / side, y / side];
        const lung = Math.abs(Math.abs(u - 0.5) - 0.22) < 0.13 && v > 0.15 && v < 0.68;
        pixels[y * side + x] = u < 0.08 || u > 0.92 ? 10 : lung ? 60 : Math.abs(u - 0.5) < 0.07 ? 230 : 150;
      }
    }
    const headDown = turnPicture(grayImage(side, side, pixels, 8), { quarters: 2, mirrored: false });
    const judged = judgeFilm(headDown, { patientOrientation: ['R', 'H'], bodyPart: 'CHEST' });
    expect(judged.polarity.verdict).toBe('bone-white');
    expect(judged.polarity).toEqual(judgeFilm(grayImage(side, side, pixels, 8), {}).polarity);
  });
});
