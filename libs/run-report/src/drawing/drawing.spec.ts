import { describe, expect, it } from '@jest/globals';
import { sampleBundle } from '../run-bundle.sample.ts';
import { claimOf } from '../sections/answers.ts';
import { comparisonForest } from '../sections/forest-of.ts';
import { curveOf, meanCurve } from '../sections/results.ts';
import { estimateText, signed, three } from '../text/number.ts';
import { widthOf, wrapped } from './drawing.ts';
import { scaleOver } from './scale.ts';

describe('a scale', () => {
  it.each([
    [
      [0.021, 0.14],
      [0, 0.05, 0.1, 0.15],
    ],
    [
      [-0.1, 0.3],
      [-0.1, 0, 0.1, 0.2, 0.3],
    ],
    [
      [0.57, 0.9],
      [0.5, 0.6, 0.7, 0.8, 0.9],
    ],
  ])('over %p has the round ticks %p', (values, ticks) => {
    const scale = scaleOver(values, [0, 100]);
    expect(scale.ticks.map((tick) => Math.round(tick * 1000) / 1000)).toEqual(expect.arrayContaining(ticks));
    for (const value of values) expect(scale.at(value)).toBeGreaterThanOrEqual(0);
    for (const value of values) expect(scale.at(value)).toBeLessThanOrEqual(100);
  });

  it('never leaves its limits, and has ticks inside them', () => {
    const { domain, ticks } = scaleOver([-3, 0.2, 3.4], [0, 100], [-1, 1]);
    expect(domain).toEqual([-1, 1]);
    expect(ticks.length).toBeGreaterThan(3);
  });

  it('holds one value alone', () => {
    const { at, domain } = scaleOver([0.5], [0, 100]);
    expect(domain[0]).toBeLessThan(domain[1]);
    expect(Number.isFinite(at(0.5))).toBe(true);
  });
});

describe('a forest plot', () => {
  const { analysis } = sampleBundle();
  const comparison = analysis.comparisons[0]!;

  it('puts the diamond at the pooled estimate, between the sites, and the squares by weight', () => {
    const { marks } = comparisonForest(comparison, analysis);
    const squares = marks.flatMap((mark) =>
      mark.kind === 'rect' && mark.width === mark.height
        ? [{ x: mark.x + mark.width / 2, side: mark.width }]
        : [],
    );
    const diamond = marks.find((mark) => mark.kind === 'path' && mark.points.length === 4);
    const top = diamond?.kind === 'path' ? diamond.points[1]! : [NaN, NaN];
    expect(squares).toHaveLength(3);
    expect(squares.map(({ x }) => x)).toEqual([...squares.map(({ x }) => x)].sort((a, b) => a - b));
    expect(top[0]).toBeGreaterThan(squares[0]!.x);
    expect(top[0]).toBeLessThan(squares[2]!.x);
  });

  it('keeps every mark inside itself', () => {
    const drawing = comparisonForest(comparison, analysis);
    for (const mark of drawing.marks) {
      const xs =
        mark.kind === 'path'
          ? mark.points.map(([x]) => x)
          : mark.kind === 'line'
            ? [mark.from[0], mark.to[0]]
            : [mark.x];
      for (const x of xs) expect(x).toBeGreaterThanOrEqual(-1);
      for (const x of xs) expect(x).toBeLessThanOrEqual(drawing.width + 1);
    }
  });

  it('of a plan about external sites draws those alone filled, and the others below in outline', () => {
    const external = sampleBundle(undefined, undefined, 'external').analysis;
    const asked = external.comparisons[0]!;
    const { marks, alt } = comparisonForest(asked, external);
    expect(alt).toMatch(
      /site-1: .*; site-2: .*; All external sites: .*; Other sites, not in this question; site-0: .*; All sites: /,
    );
    const diamonds = marks.flatMap((mark) =>
      mark.kind === 'path' && mark.points.length === 4 ? [mark] : [],
    );
    expect(diamonds.map(({ stroke }) => stroke === null)).toEqual([true, false]);
    const squares = marks.flatMap((mark) =>
      mark.kind === 'rect' && mark.width === mark.height ? [mark] : [],
    );
    expect(squares.map(({ stroke }) => stroke === null)).toEqual([true, true, false]);
    const said = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    expect(said).toContain(estimateText(asked.groups.external!.answer!, signed));
    expect(said).toContain(estimateText(asked.meta.answer!, signed));
    expect(claimOf(asked, 0.95).text).toContain(three(asked.groups.external!.answer!.estimate));
  });

  it('says why a site has no figure, and draws none', () => {
    const hidden = structuredClone(comparison);
    hidden.sites[1]!.estimate = { kind: 'not-estimable', reason: 'too-few-affected' };
    const words = comparisonForest(hidden, analysis).marks.flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
    expect(words).toContain('withheld');
    expect(words).not.toContain('0.000');
  });
});

describe('a ROC curve', () => {
  const cells = [
    { upTo: 5, positives: 10, negatives: 60, predicted: 0.2 },
    { upTo: 9, positives: 30, negatives: 40, predicted: 0.8 },
  ];

  it('goes from the highest cell down', () => {
    expect(curveOf(cells)).toEqual([
      [0, 0],
      [0.4, 0.75],
      [1, 1],
    ]);
  });

  it('is averaged at each false positive share', () => {
    const mean = meanCurve([
      curveOf(cells),
      [
        [0, 0],
        [1, 1],
      ],
    ]);
    expect(mean.find(([x]) => x === 0.4)![1]).toBeCloseTo((0.75 + 0.4) / 2, 12);
    expect(mean[0]).toEqual([0, 0]);
    expect(mean.at(-1)).toEqual([1, 1]);
  });

  it('takes the upper end of a step', () => {
    const [first] = meanCurve([
      [
        [0, 0],
        [0, 0.6],
        [1, 1],
      ],
    ]);
    expect(first).toEqual([0, 0.6]);
  });
});

describe('words in a box', () => {
  it('are broken where the box ends, a long word stands alone', () => {
    const lines = wrapped('a site of the run and averyveryverylongname', 10, 60);
    expect(lines.join(' ')).toBe('a site of the run and averyveryverylongname');
    for (const line of lines) expect(widthOf(line, 10) <= 60 || !line.includes(' ')).toBe(true);
  });
});
