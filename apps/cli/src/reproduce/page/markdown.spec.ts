import { describe, expect, it } from '@jest/globals';
import { dotChart } from '../charts/dot-chart.ts';
import { accuracyText, pText, signed, table, testedText } from './markdown.ts';

describe('the page', () => {
  it('writes tables as prettier does', () => {
    expect(table(['a', 'longer'], [['wide cell', 'x']])).toBe(
      ['| a         | longer |', '| --------- | ------ |', '| wide cell | x      |'].join('\n'),
    );
  });

  it('never says that p is 0, and says what is missing', () => {
    expect([pText(0.00004), pText(0.0396), pText(null)]).toEqual(['<0.001', '0.040', '-']);
    expect([signed(-0.1234), signed(0)]).toEqual(['−0.123', '+0.000']);
    expect(testedText(null)).toBe('-');
    expect(accuracyText(null)).toBe('withheld');
    expect(accuracyText({ correct: 9, total: 10, sites: 1, of: 5 })).toBe('0.900 (1 of 5 sites)');
  });

  it('draws no dot for what could not be estimated, keeps the others inside, and escapes names', () => {
    const rows = [
      {
        label: 'a < b',
        dots: [
          { series: 'original' as const, value: null },
          { series: 'clipped' as const, value: 2, lower: 0.5, upper: 3 },
        ],
      },
    ];
    const svg = dotChart({ title: 'T', axis: 'AUC', domain: [0, 1], rows });
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).toContain('cx="730"');
    expect(svg).toContain('a &lt; b');
    expect(svg).not.toContain('NaN');
  });
});
