import { describe, expect, it } from '@jest/globals';
import type { FilmChecksResult } from '@sidemark/core/contract';
import type { FilmFlags, ImageOutcome } from '../../image/image-outcome.ts';
import { filmChecks } from './film-checks.ts';

const fine: FilmFlags = {
  polarity: 'bone-white',
  faults: [],
  undeclared: false,
  corrected: false,
  markerDisagrees: false,
};

const films = (count: number, change: Partial<FilmFlags>): ImageOutcome[] =>
  Array.from({ length: count }, () => ({
    kind: 'skipped',
    reason: 'polarity-not-allowed',
    flags: { ...fine, ...change },
  }));

/** Each film is a patient of its own. */
function checksOf(outcomes: readonly ImageOutcome[], floor: number): FilmChecksResult | undefined {
  const rows = outcomes.map((_, i) => ({
    path: `${i}`,
    sha256: `${i}`,
    label: 0 as const,
    patient: `p${i}`,
  }));
  return filmChecks(rows, outcomes, floor).checks;
}

describe('filmChecks', () => {
  it('gives nothing where no film was judged', () => {
    expect(checksOf([{ kind: 'skipped', reason: 'unreadable' }], 1)).toBeUndefined();
  });

  it('counts excluded films too, and withholds what points at few patients', () => {
    const negatives = films(6, { faults: ['inverted'], polarity: 'inverted' });
    const unread: ImageOutcome = { kind: 'skipped', reason: 'truncated' };
    const found = checksOf([...negatives, unread, ...films(6, {}), ...films(2, { faults: ['mirrored'] })], 5);
    expect(found).toMatchObject({
      judged: { images: 14, patients: 14 },
      inverted: { kind: 'counts', images: 6 },
      mirrored: { kind: 'not-estimable', reason: 'too-few-affected' },
      rotated: { kind: 'counts', images: 0 },
    });
  });

  it('withholds what points at the few others', () => {
    const found = checksOf([...films(12, { undeclared: true }), ...films(2, {})], 5);
    expect(found?.undeclared).toEqual({ kind: 'not-estimable', reason: 'too-few-affected' });
  });
});
