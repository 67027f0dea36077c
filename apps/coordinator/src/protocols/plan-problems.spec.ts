import { describe, expect, it } from '@jest/globals';
import { ProtocolDraft } from '@sidemark/core/contract';
import { planProblems } from './plan-problems.ts';

const cell = (arm: string) => ({ classifier: 'c', arm });

function problems(plan?: object): string[] {
  const comparisons = ['io', 'co', 'ic'].map((id, at) => ({
    ...{ id, a: cell('inpainted'), b: cell('original'), primary: at === 0 },
  }));
  return planProblems(
    ProtocolDraft.parse({
      name: 'main',
      detector: 'markers@1.0.0',
      inpainter: 'filler@1.0.0',
      classifiers: [{ id: 'c', model: 'chest@1.0.0' }],
      comparisons,
      analysis: { ...(plan && { plan }) },
    }),
  );
}

describe('an analysis plan', () => {
  it('may be absent, or ask comparisons of its protocol in families', () => {
    expect(problems()).toEqual([]);
    const families = [
      { name: 'main', comparisons: ['io'] },
      { name: 'parts', comparisons: ['co'] },
    ];
    const margins = [{ comparison: 'co', question: 'superiority', margin: 0.01 }];
    const internalSites = [{ classifier: 'c', sites: ['north'] }];
    expect(problems({ families, margins, internalSites, sites: 'external' })).toEqual([]);
  });

  it('is refused with every contradiction at once', () => {
    const families = [
      { name: 'main', comparisons: ['co', 'nowhere'] },
      { name: 'main', comparisons: ['co'] },
    ];
    const margins = ['ic', 'co', 'co'].map((comparison) => ({
      comparison,
      question: 'superiority',
      margin: 0,
    }));
    const internalSites = ['c', 'c', 'd'].map((classifier) => ({ classifier, sites: [] }));
    expect(problems({ families, margins, internalSites })).toEqual([
      'plan: two families are called main',
      'plan: the comparison co is asked twice',
      'plan: there is no comparison nowhere',
      'plan: io is primary, but not in the first family',
      'plan: co is in the first family, but not primary',
      'plan: the comparison co has two margins',
      'plan: the margin of ic is of a comparison that no family asks',
      'plan: the internal sites of c are named twice',
      'plan: there is no classifier d',
    ]);
  });

  it('has margins inside 0 and 1, and a family at least', () => {
    expect(() => problems({ families: [] })).toThrow();
    const families = [{ name: 'main', comparisons: ['io'] }];
    const margins = [{ comparison: 'io', question: 'superiority', margin: -0.1 }];
    expect(() => problems({ families, margins })).toThrow();
  });
});
