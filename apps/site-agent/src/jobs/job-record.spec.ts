import { expect, test } from '@jest/globals';
import { DomainError } from '@sidemark/core/errors';
import type { JobOffer } from '@sidemark/core/contract';
import { endingOf, worthAnotherTry } from './job-ending.ts';
import { meaningOf, moved, recordOf, untold } from './job-record.ts';
import { ids, protocolDigest } from './trial.sample.ts';

const at = '2026-01-01T00:00:00.000Z';
const offer = (issuedAt = at): JobOffer => ({
  schema: 'sidemark.job-offer/1',
  job: ids.job,
  run: ids.run,
  study: ids.study,
  site: ids.site,
  siteKeyId: 'b'.repeat(64),
  protocolDigest,
  nonce: 'e'.repeat(64),
  issuedAt,
  expiresAt: '2027-01-01T00:00:00.000Z',
});
const fresh = recordOf(offer(), 1, at);
const refused = moved(fresh, 'refused', at, { code: 'floors-not-met' });
const told = {
  ...refused,
  told: { state: 'refused', code: 'floors-not-met' },
  endedAt: '2026-02-01T00:00:00.000Z',
} as const;

test('an offer is new, known, or opens an ended job again', () => {
  expect(meaningOf(offer(), undefined)).toBe('new');
  expect(meaningOf(offer(), fresh)).toBe('known');
  expect(meaningOf(offer('2026-03-01T00:00:00.000Z'), refused)).toBe('known');
  expect(meaningOf(offer('2026-01-31T00:00:00.000Z'), told)).toBe('known');
  expect(meaningOf(offer('2026-03-01T00:00:00.000Z'), told)).toBe('reopened');
});

test('a move that is not open is a mistake of the caller', () => {
  expect(() => moved(fresh, 'reported', at)).toThrow(RangeError);
});

test('a state is told until it is heard', () => {
  expect(untold(fresh)).toBeNull();
  expect(untold(refused)).toEqual({ state: 'refused', code: 'floors-not-met' });
  expect(untold(told)).toBeNull();
});

test.each([
  [new DomainError('floors-not-met', { floor: 10 }), { state: 'refused', code: 'floors-not-met' }],
  [new DomainError('model-digest-mismatch'), { state: 'refused', code: 'release-invalid' }],
  [new DomainError('inference-failed'), { state: 'failed', code: 'inference-failed' }],
  [new DomainError('report-conflict'), { state: 'failed', code: 'internal' }],
  [new Error('/data/ANON-1/film.dcm'), { state: 'failed', code: 'internal' }],
])('%s ends a job as a code alone', (error, ending) => {
  expect(endingOf(error)).toEqual(ending);
});

test('what passes is tried for ever, chance a few times, the rest never', () => {
  expect(worthAnotherTry(new DomainError('coordinator-unreachable'), 1000)).toBe(true);
  expect(worthAnotherTry(new DomainError('policy-invalid'), 1000)).toBe(true);
  expect(worthAnotherTry(new DomainError('inference-failed'), 2)).toBe(true);
  expect(worthAnotherTry(new DomainError('inference-failed'), 3)).toBe(false);
  expect(worthAnotherTry(new DomainError('canary-failed'), 1)).toBe(false);
  expect(worthAnotherTry(new Error('bug'), 1)).toBe(false);
});
