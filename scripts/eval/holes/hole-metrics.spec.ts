import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@sidemark/phantom';
import { giveAway } from './give-away.ts';
import { holeQuality, psnr, type Window } from './hole-metrics.ts';

const side = 96;
const random = seededRandom('holes');
const truth = Float64Array.from(
  { length: side * side },
  (_, i) => 500 + 4 * (i % side) + 20 * random.normal(),
);
const hole = Uint8Array.from({ length: side * side }, (_, i) => {
  const [x, y] = [i % side, Math.floor(i / side)];
  return x >= 16 && x < 80 && y >= 16 && y < 80 ? 1 : 0;
});
const window = (fill: (i: number) => number): Window => ({
  width: side,
  height: side,
  truth,
  filled: truth.map((value, i) => (hole[i] === 1 ? fill(i) : value)),
  hole,
  peak: 4095,
});

describe('holeQuality', () => {
  it('is perfect for the truth itself', () => {
    const same = holeQuality(window((i) => truth[i]!));
    expect(same).toMatchObject({ mse: 0, blurredMse: 0, detailRatio: 1, seamRatio: 1 });
    expect(same.ssim).toBeCloseTo(1, 12);
  });

  it('knows independent grain from flatness: twice the error, but the right detail', () => {
    const grain = seededRandom('other');
    const smooth = holeQuality(window((i) => 500 + 4 * (i % side)));
    const rough = holeQuality(window((i) => 500 + 4 * (i % side) + 20 * grain.normal()));
    expect(psnr(smooth.mse) - psnr(rough.mse)).toBeCloseTo(3, 0);
    expect(smooth.detailRatio).toBeLessThan(0.6);
    expect(Math.abs(rough.detailRatio - 1)).toBeLessThan(0.2);
  });

  it('sees a step at the rim', () => {
    expect(holeQuality(window((i) => truth[i]! + 300)).seamRatio).toBeGreaterThan(5);
  });
});

describe('giveAway', () => {
  const places = (shift: number) =>
    Array.from({ length: 200 }, (_, i) => ({
      features: [random.normal() + (i % 2) * shift, random.normal()],
      filled: i % 2 === 1,
    }));

  it('is one half where nothing tells, and near 1 where something does', () => {
    expect(giveAway(places(0))).toBeLessThan(0.64);
    expect(giveAway(places(4))).toBeGreaterThan(0.97);
  });

  it('wants enough places', () => {
    expect(() => giveAway(places(1).slice(0, 10))).toThrow('at least 16 are needed');
  });
});
