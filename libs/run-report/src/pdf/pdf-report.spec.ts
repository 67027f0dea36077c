import { beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '@sidemark/core/signing';
import { runDocument } from '../document/run-document.ts';
import { sampleBundle } from '../run-bundle.sample.ts';
import { pdfReport } from './pdf-report.ts';

const document = runDocument(sampleBundle());
let pdf: Uint8Array;
let text: string;

beforeAll(async () => {
  pdf = await pdfReport(document);
  text = Buffer.from(pdf).toString('latin1');
});

describe('the PDF report', () => {
  it('is the same bytes for the same analysis, whenever it is made', async () => {
    const again = await pdfReport(runDocument(sampleBundle('2027-07-07T07:07:07.000Z')));
    expect(sha256(again)).toBe(sha256(pdf));
  });

  it('is other bytes for another analysis', async () => {
    const bundle = sampleBundle();
    bundle.analysis.comparisons[0]!.meta.answer!.estimate += 0.001;
    expect(sha256(await pdfReport(runDocument(bundle)))).not.toBe(sha256(pdf));
  });

  it('names the instant of the analysis, not of its making', () => {
    expect(text).toContain('(D:20260102030405Z)');
    expect(text).not.toContain(`D:${new Date().getFullYear() + 1}`);
    expect(text.match(/CreateDate>\d[^<]*/g)).toEqual(['CreateDate>2026-01-02T03:04:05Z']);
  });

  it('is tagged, in a language, with its faces embedded and an outline', () => {
    const has = (what: RegExp): boolean => what.test(text);
    expect(has(/\/MarkInfo \d+ 0 R/) && has(/\/Marked true/)).toBe(true);
    expect(has(/\/Lang \(en-GB\)/) && has(/\/Outlines/)).toBe(true);
    expect(text.match(/\/FontFile2/g)).toHaveLength(2);
    expect(has(/\/JavaScript/)).toBe(false);
  });
});
