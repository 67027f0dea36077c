import { describe, expect, it } from '@jest/globals';
import type { Job, Protocol, Run, Site } from '@sidemark/core/contract';
import { waitingIn } from './waiting.ts';

const site = (name: string, change: Partial<Site>): Site => ({
  ...{ id: name, study: 's', name, role: 'external', state: 'approved', online: true, words: null },
  ...{ agentVersion: '0.1.0', lastSeenAt: '2026-11-27T09:00:00.000Z', key: null },
  createdAt: '2026-11-27T08:00:00.000Z',
  ...change,
});
const job = (name: string, change: Partial<Job>): Job => ({
  ...{ id: name, run: 'r', site: name, siteName: name, state: 'running', code: null, progress: null },
  updatedAt: '2026-11-27T09:00:00.000Z',
  ...change,
});
const protocol = { id: 'p', name: 'main', version: 1, state: 'frozen', createdAt: '1' } as Protocol;
const run = (...jobs: Job[]): Run => ({ id: 'r', protocol: 'p', state: 'open', jobs }) as unknown as Run;
const texts = (state: Partial<Parameters<typeof waitingIn>[0]>, whom: string): string[] =>
  waitingIn({ study: 's', sites: [], protocols: [protocol], runs: [], ...state })
    .filter((one) => one.whom === whom)
    .map(({ text }) => text);

describe('what waits for whom', () => {
  it('begins with a site and a protocol', () => {
    expect(texts({ protocols: [] }, 'office')).toEqual([
      'No site yet: invite the first hospital.',
      'No protocol yet: compose the first.',
    ]);
  });

  it('tells an approval by us from an enrolment by the hospital', () => {
    const sites = [site('north', { state: 'invited' }), site('south', { state: 'pending' })];
    expect(texts({ sites }, 'hospital')).toEqual(['north is invited; its IT enrols the agent with the kit.']);
    expect(texts({ sites }, 'office')[0]).toMatch(/^south has enrolled and asks for approval/);
  });

  it('says that a frozen protocol can start once a site is approved, and a draft is to be frozen', () => {
    const sites = [site('north', {})];
    expect(texts({ sites }, 'office')).toEqual([
      'The protocol main, version 1 is frozen and was sent to nobody yet: start its run.',
    ]);
    expect(texts({ sites, protocols: [{ ...protocol, state: 'draft' }] }, 'office')).toEqual([
      'The protocol main, version 1 is a draft: read it, then freeze it.',
    ]);
  });

  it('names for every job of a run who must do something, with the reason of a refusal', () => {
    const sites = ['a', 'b', 'c', 'd'].map((name) => site(name, {})).concat(site('e', { online: false }));
    const runs = [
      run(
        job('a', { state: 'held' }),
        job('b', { state: 'refused', code: 'floors-not-met' }),
        job('c', {}),
        job('d', { state: 'reported' }),
        job('e', { state: 'offered' }),
      ),
    ];
    expect(texts({ sites, runs }, 'hospital')).toEqual([
      'The agent of e was last seen 27 Nov 2026, 09:00 UTC; its work goes on when it is back.',
      'a has the job; a person there must approve it.',
    ]);
    expect(texts({ sites, runs }, 'office')).toEqual([
      'b refused: too few patients in a class for the site’s floors. Settle it with the hospital, then offer again.',
    ]);
    expect(texts({ sites, runs }, 'machine')).toEqual(['c is at work.']);
  });

  it('ends with the result', () => {
    const runs = [run(job('a', { state: 'reported' }))];
    expect(texts({ sites: [site('a', {})], runs }, 'office')[0]).toMatch(/^Every site has reported/);
  });
});
