import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '@sidemark/core/contract';
import { tableCsv } from '../parts/table.ts';
import { accountNames, auditTable, lineOf, siteNames, thingsOf } from './audit-model.ts';

const site = '0a07538d-5480-4ffe-b2c6-bc1db9c196c6';
const entry = (action: string, change: Partial<AuditEntry['content']> = {}): AuditEntry => ({
  ...{ sequence: 7, previous: 'a'.repeat(64), hash: 'b'.repeat(64) },
  content: {
    at: '2026-11-27T22:22:47.102Z',
    actor: `site:${site}`,
    action,
    subject: 's',
    details: {},
    ...change,
  },
});
const names = siteNames([{ id: site, name: 'north' }]);
const accepted = entry('report.accepted', {
  details: { run: 'r1', payloadDigest: 'c'.repeat(64), sequence: 1, code: null },
});

describe('a line of the audit log', () => {
  it('says what, who and when, and leads to the report that was accepted', () => {
    expect(lineOf(accepted, names)).toEqual({
      ...{ sequence: 7, hash: 'b'.repeat(64), time: '27 Nov 2026, 22:22 UTC', what: 'report accepted' },
      ...{ who: 'site north', href: `#/runs/r1/reports/${'c'.repeat(64)}` },
      details: `run r1 · payload digest ${'c'.repeat(12)}… · sequence 1`,
    });
  });

  it('calls a site that it does not know by the beginning of its id', () => {
    expect(lineOf(accepted, new Map()).who).toBe('site 0a07538d');
  });

  it('calls a person by the name that the log itself tells', () => {
    const invited = entry('account.invited', { subject: site, details: { name: 'r.meyer', role: 'reader' } });
    const started = entry('run.started', { actor: `account:${site}` });
    expect(lineOf(started, accountNames([invited, started])).who).toBe('account r.meyer');
  });

  it('leads to runs and studies, and nowhere where there is no page', () => {
    expect(lineOf(entry('run.started', { subject: 'r2' }), names).href).toBe('#/runs/r2');
    expect(lineOf(entry('key.rotated'), names).href).toBeNull();
  });

  it('goes into a file in full', () => {
    expect(tableCsv(auditTable([accepted], names)).split('\r\n')[1]).toContain('b'.repeat(64));
    expect(thingsOf([accepted, entry('run.started'), accepted])).toEqual(['report', 'run']);
  });
});
