import { describe, expect, it } from '@jest/globals';
import { isAskedFor, linksFrom, plainLinks } from './links.ts';
import { asItComes, type ComparedRuns, type FigureRef, hrefs, readRoute, type RunView } from './route.ts';

const seen: RunView = { model: 'chest', arms: ['inpainted', 'original'], at: 'roc', from: null };

describe('addresses of pages', () => {
  const figures: FigureRef[] = [
    { kind: 'comparison', id: 'diagonal' },
    { kind: 'cell', classifier: 'chest', arm: 'inpainted' },
  ];
  it.each(figures)('lead back to the figure they were made from: $kind', (figure) => {
    expect(readRoute(hrefs.figure('r1', figure, seen))).toEqual({
      page: 'run',
      run: 'r1',
      figure,
      view: seen,
    });
  });

  it('name studies, runs, reports and what is compared', () => {
    expect(readRoute('')).toEqual({ page: 'studies' });
    expect(readRoute(hrefs.audit)).toEqual({ page: 'audit', of: null });
    expect(readRoute(hrefs.auditOf('report'))).toEqual({ page: 'audit', of: 'report' });
    expect(readRoute(hrefs.study('s1'))).toEqual({ page: 'study', study: 's1' });
    expect(readRoute(hrefs.run('r1'))).toEqual({ page: 'run', run: 'r1', figure: null, view: asItComes });
    expect(readRoute(hrefs.reports('r1'))).toEqual({ page: 'reports', run: 'r1' });
    expect(readRoute(hrefs.report('r1', 'abc'))).toEqual({ page: 'report', run: 'r1', digest: 'abc' });
    const of: ComparedRuns = { left: 'r1', right: 'r2', leftModel: 'chest', rightModel: null };
    expect(readRoute(hrefs.compare(of))).toEqual({ page: 'compare', of });
  });

  it.each([
    '#/elsewhere',
    '#/runs/r1/cells/chest/blurred',
    '#/studies',
    '#/runs/r1/%E0%A4%A/x',
    '#/audit/entry',
  ])('lead nowhere when nobody made them: %s', (hash) => {
    expect(readRoute(hash)).toEqual({ page: 'nowhere' });
  });

  it('ignore arms that are none, or one twice', () => {
    for (const arms of ['blurred.original', 'original.original', 'original'])
      expect(readRoute(`#/runs/r1?arms=${arms}`)).toMatchObject({ view: { arms: null } });
  });
});

describe('links from a run', () => {
  const figure: FigureRef = { kind: 'comparison', id: 'diagonal' };
  const links = linksFrom('r1', figure, seen);

  it('change one thing and keep the rest', () => {
    expect(readRoute(links.model('other'))).toEqual({
      ...{ page: 'run', run: 'r1', figure },
      view: { ...seen, model: 'other', at: 'model' },
    });
    expect(readRoute(links.closed)).toMatchObject({ figure, view: { ...seen, at: null } });
  });

  it('name the reports behind a number, each once', () => {
    const [a, b] = ['a', 'b'].map((digit) => digit.repeat(64));
    const route = readRoute(links.from([a!, b!, a!]));
    expect(route).toMatchObject({ view: { from: 'aaaaaaaaaaaa.bbbbbbbbbbbb' } });
    expect([a!, b!, 'c'.repeat(64)].map((digest) => isAskedFor('aaaaaaaaaaaa.bbbbbbbbbbbb', digest))).toEqual(
      [true, true, false],
    );
    expect(isAskedFor('all', a!)).toBe(true);
    expect(readRoute(plainLinks('r1').from())).toMatchObject({ view: { from: 'all' } });
  });
});
