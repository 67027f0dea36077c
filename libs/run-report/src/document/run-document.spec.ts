import { describe, expect, it } from '@jest/globals';
import { estimateText, percent, signed, three } from '../text/number.ts';
import { sampleBundle } from '../run-bundle.sample.ts';
import type { Block } from './block.ts';
import { runDocument } from './run-document.ts';

const bundle = sampleBundle();
const document = runDocument(bundle);
const section = (id: string) => document.sections.find((one) => one.id === id)!;
const tables = (id: string) => section(id).blocks.filter((block) => block.kind === 'table');
const wordsOf = (block: Block): string => JSON.stringify(block);

describe('the document of a run', () => {
  it('is the same for the same analysis, whenever it was exported', () => {
    expect(runDocument(sampleBundle('2027-07-07T07:07:07.000Z'))).toEqual(document);
  });

  it('changes with the analysis', () => {
    const other = structuredClone(bundle);
    other.analysis.comparisons[0]!.meta.answer!.estimate += 0.01;
    expect(runDocument(other)).not.toEqual(document);
  });

  it('says nothing of what became of keys after the newest report', () => {
    const later = structuredClone(bundle);
    later.statement.keys[2]!.revokedAt = '2026-06-01T00:00:00.000Z';
    expect(runDocument(later)).toEqual(document);
    later.statement.keys[2]!.revokedAt = '2026-01-01T12:00:00.000Z';
    expect(wordsOf(runDocument(later).sections.find(({ id }) => id === 'deviations')!.blocks[0]!)).toContain(
      'was revoked at 2026-01-01 12:00 UTC',
    );
  });

  it('opens with the primary answer, its digests, and the signer of each report', () => {
    const { answer } = bundle.analysis.comparisons[0]!.meta;
    const { claims, facts } = document.titlePage;
    expect(claims).toHaveLength(1);
    expect(claims[0]!.text).toContain(three(Math.abs(answer!.estimate)));
    const said = new Map(facts);
    expect(said.get('Protocol digest')).toBe(bundle.analysis.protocolDigest);
    expect(said.get('Report of site-1')).toContain(bundle.statement.reports[1]!.payloadDigest);
  });

  it('has every figure of every comparison at every site', () => {
    const rows = tables('tables').find(({ caption }) => caption === 'Differences at the sites')!.rows;
    const expected = bundle.analysis.comparisons.flatMap(({ id, sites }) =>
      sites.map(({ siteName, estimate, lower, upper }) => [
        ...[id, siteName],
        estimateText(
          { estimate: (estimate as { value: number }).value, lower: lower!, upper: upper! },
          signed,
        ),
      ]),
    );
    expect(expected).toHaveLength(6);
    expect(rows.map((row) => row.slice(0, 3))).toEqual(expected);
  });

  it('tables have as many cells as columns', () => {
    const all = document.sections.flatMap(({ id }) => tables(id));
    expect(all.length).toBeGreaterThan(10);
    for (const { columns, rows } of all) for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

describe('the flow of images', () => {
  const flow = section('flow').blocks[0]!;
  const said = flow.kind === 'figure' ? flow.drawing.alt : '';

  it('begins with every site, and names why one does not count', () => {
    expect(said).toContain('4 sites of the run, internal: 1, external: 3, accepted reports: 3');
    expect(said).toContain('1 site did not count');
    expect(said).toContain('a person there declined: 1');
  });

  it('names a report that its site holds back, and so does the list of remarks', () => {
    const { sections } = runDocument(sampleBundle(undefined, 'report-withheld'));
    const [withheld, remarks] = ['flow', 'deviations'].map((name) =>
      wordsOf(sections.find(({ id }) => id === name)!.blocks[0]!),
    );
    expect(withheld).toContain('withheld by the site: the report is finished, and the site holds it back: 1');
    expect(remarks).toContain('silent sent no report: the report is finished, and the site holds it back');
  });

  it('adds up: registered is evaluated and skipped, by reason', () => {
    expect(said).toContain('309 films registered at 3 sites');
    expect(said).toContain('9 films skipped, view not of the protocol: 6, file cut off: 3');
    expect(said).toContain('300 films evaluated on every arm');
  });

  it('ends with what the primary comparison was computed from', () => {
    expect(said).toContain(
      'Analysed: inpainting, sites pooled: 3, patients with the finding: 120, patients without: 180',
    );
  });

  it('shows every word of itself as text in the drawing', () => {
    const drawn =
      flow.kind === 'figure'
        ? flow.drawing.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])).join(' ')
        : '';
    for (const word of said.split(/[,;] /)) expect(drawn).toContain(word.split(' ')[0]!);
  });
});

describe('the document of a plan about external sites', () => {
  const external = sampleBundle(undefined, undefined, 'external');
  const [asked] = external.analysis.comparisons;
  const { sections } = runDocument(external);
  const blocks = sections.flatMap((one) => one.blocks);
  const rowsOf = (caption: string) =>
    blocks.flatMap((block) => (block.kind === 'table' && block.caption === caption ? block.rows : []));

  it('has one answer: its tables, its flow and the note under its plot are of the external sites', () => {
    const { answer, members } = asked!.groups.external!;
    expect(rowsOf('Every comparison of the protocol')[0]![2]).toBe(estimateText(answer!, signed));
    const weights = rowsOf('Differences at the sites').slice(0, 3);
    expect(weights.map((row) => row.slice(4))).toEqual([
      ['\u2013', 'not in this question'],
      ...members.map(({ weightPercent }) => [percent(weightPercent), '']),
    ]);
    const [diagram] = sections.find(({ id }) => id === 'flow')!.blocks;
    expect(wordsOf(diagram!)).toContain('external sites pooled: 2');
    const notes = blocks.filter(({ kind }) => kind === 'note').map(wordsOf);
    expect(notes.join()).toContain('the filled diamond is of those alone');
  });
});

describe('the remarks', () => {
  it('name the silent site, the missing plan and the exploratory comparison', () => {
    const remarks = wordsOf(section('deviations').blocks[0]!);
    expect(remarks).toContain('silent sent no report: a person there declined');
    expect(remarks).toContain('no analysis plan');
    expect(remarks).toContain('1 comparison is exploratory');
  });
});
