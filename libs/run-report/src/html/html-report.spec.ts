import { describe, expect, it } from '@jest/globals';
import { runDocument } from '../document/run-document.ts';
import { sampleBundle } from '../run-bundle.sample.ts';
import { htmlReport } from './html-report.ts';

const document = runDocument(sampleBundle());
const html = htmlReport(document);

describe('the HTML report', () => {
  it('holds all it needs: no script, and nothing to be fetched', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target![0])).toEqual(
      document.sections.map(() => '#'),
    );
  });

  it('has a target for each link, and each id once', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of document.sections) expect(ids).toContain(id);
  });

  it('gives each drawing a text of its own', () => {
    const labels = [...html.matchAll(/<svg [^>]*aria-label="([^"]+)"/g)].map(([, label]) => label);
    expect(labels.length).toBe((html.match(/<svg /g) ?? []).length);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('writes names as text, whatever is in them', () => {
    const hostile = structuredClone(document);
    Object.assign(hostile.titlePage, { title: '<script>alert("1")</script>' });
    expect(htmlReport(hostile)).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('is the same text for the same document', () => {
    expect(htmlReport(runDocument(sampleBundle('2027-01-01T00:00:00.000Z')))).toBe(html);
  });
});
