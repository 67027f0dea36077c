import { describe, expect, it } from '@jest/globals';
import { type FigureRef, hrefs, readRoute } from './route.ts';

describe('addresses of pages', () => {
  const figures: FigureRef[] = [
    { kind: 'comparison', id: 'diagonal' },
    { kind: 'cell', classifier: 'chest', arm: 'inpainted' },
  ];
  it.each(figures)('lead back to the figure they were made from: $kind', (figure) => {
    expect(readRoute(hrefs.figure('r1', figure))).toEqual({ page: 'run', run: 'r1', figure });
  });

  it('name studies, runs and reports', () => {
    expect(readRoute('')).toEqual({ page: 'studies' });
    expect(readRoute(hrefs.study('s1'))).toEqual({ page: 'study', study: 's1' });
    expect(readRoute(hrefs.run('r1'))).toEqual({ page: 'run', run: 'r1', figure: null });
    expect(readRoute(hrefs.report('r1', 'abc'))).toEqual({ page: 'report', run: 'r1', digest: 'abc' });
  });

  it.each(['#/elsewhere', '#/runs/r1/cells/chest/blurred', '#/studies', '#/runs/r1/%E0%A4%A/x'])(
    'lead nowhere when nobody made them: %s',
    (hash) => {
      expect(readRoute(hash)).toEqual({ page: 'nowhere' });
    },
  );
});
