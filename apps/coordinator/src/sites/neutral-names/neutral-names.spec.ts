import { describe, expect, it } from '@jest/globals';
import { labelled, withNeutralNames } from './neutral-names.ts';

const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000001'];
const id = (n: number): string => `cccccccc-0000-4000-8000-00000000000${n}`;
const hidden = labelled([
  { id: id(1), study: a, name: 'north' },
  { id: id(2), study: a, name: 'site-1' },
  { id: id(3), study: b, name: 'south' },
  { id: id(4), study: b, name: 'north' },
]);

describe('neutral names', () => {
  it('are counted in each study', () => {
    expect(hidden.map(({ label }) => label)).toEqual(['site-1', 'site-2', 'site-1', 'site-2']);
  });

  it('stand wherever the contract names a site, and nowhere else', () => {
    const answer = {
      sites: [{ site: id(1), siteName: 'north', classifier: 'north' }],
      meta: { members: [{ siteName: 'site-1' }], leaveOneOut: [{ without: 'north' }] },
      plan: { internal: [{ classifier: 'north', sites: ['north', 'elsewhere'] }] },
    };
    expect(withNeutralNames(answer, hidden)).toEqual({
      sites: [{ site: id(1), siteName: 'site-1', classifier: 'north' }],
      meta: { members: [{ siteName: 'site-2' }], leaveOneOut: [{ without: 'site-1' }] },
      plan: { internal: [{ classifier: 'north', sites: ['site-1', 'elsewhere'] }] },
    });
  });

  it('follow the ids where two studies have sites of one name', () => {
    const sites = [
      { id: id(1), name: 'north' },
      { id: id(4), name: 'north' },
    ];
    expect(withNeutralNames(sites, hidden)).toEqual([
      { id: id(1), name: 'site-1' },
      { id: id(4), name: 'site-2' },
    ]);
    expect(withNeutralNames({ study: b, without: 'north' }, hidden)).toEqual({ study: b, without: 'site-2' });
    const model = { name: 'chest', manifest: { trainedOnSites: ['south'] } };
    expect(withNeutralNames([model], hidden)).toEqual([
      { ...model, manifest: { trainedOnSites: ['site-1'] } },
    ]);
  });

  it('leave no envelope over a document in which a name stood, and every other one', () => {
    const signed = (sites: string[]): object => ({ document: { study: a, plan: { sites } }, envelope: {} });
    expect(withNeutralNames(signed(['north']), hidden)).toMatchObject({ envelope: null });
    expect(withNeutralNames(signed(['other']), hidden)).toEqual(signed(['other']));
  });
});
