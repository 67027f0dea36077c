import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runDocument } from '../document/run-document.ts';
import { sampleBundle } from '../run-bundle.sample.ts';
import { claim } from './claim.ts';
import { stard } from './stard.ts';

const root = new URL('../../../../', import.meta.url);

describe('the checklists', () => {
  it('have every item of their source once, in order', () => {
    const split = new Set(['10', '12', '13', '21']);
    const thirty = Array.from({ length: 30 }, (_, i) => `${i + 1}`);
    expect(stard.items.map(({ item }) => item)).toEqual(
      thirty.flatMap((item) => (split.has(item) ? [`${item}a`, `${item}b`] : [item])),
    );
    expect(claim.items.map(({ item }) => item)).toEqual(Array.from({ length: 44 }, (_, i) => `${i + 1}`));
  });

  it('point at sections that the report has, and at documents that exist', () => {
    const titles = runDocument(sampleBundle()).sections.map(({ title }) => title);
    for (const { by, where } of [...stard.items, ...claim.items]) {
      for (const [, file] of where.matchAll(/(docs\/[\w-]+\.md)/g))
        expect(readFileSync(new URL(file!, root), 'utf8').length).toBeGreaterThan(0);
      const named =
        /^(Answers|Participants|Protocol|Flow of images|Results|Statistical methods|Tables|Deviations)/.exec(
          where,
        );
      if (named) expect(titles.some((title) => title.startsWith(named[1]!))).toBe(true);
      if (by === 'report') expect(where).not.toContain('Not known');
    }
  });
});
