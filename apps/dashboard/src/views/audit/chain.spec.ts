import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '@sidemark/core/contract';
import { chainStart, linkHash } from '@sidemark/core/signing';
import { walkChain } from './chain.ts';

function log(actions: readonly string[]): AuditEntry[] {
  let previous = chainStart;
  return actions.map((action, i) => {
    const content = {
      ...{ at: '2026-11-27T09:00:00.000Z', actor: 'administrator', action, subject: `s${i}` },
      details: { zebra: 1, äther: null, alpha: 'a "quoted" text' },
    };
    const entry = { sequence: i + 1, previous, hash: linkHash(previous, content), content };
    previous = entry.hash;
    return entry;
  });
}

describe('the chain, walked in the browser', () => {
  const entries = log(['study.created', 'site.invited', 'run.started']);

  it('holds as the coordinator made it', async () => {
    expect(await walkChain(entries)).toEqual({ entries: 3, firstBroken: null, head: entries[2]!.hash });
    expect(await walkChain([])).toEqual({ entries: 0, firstBroken: null, head: chainStart });
  });

  it('names the first entry that was changed, left out or put elsewhere', async () => {
    const changed = entries.map((entry, i) =>
      i === 1 ? { ...entry, content: { ...entry.content, subject: 'other' } } : entry,
    );
    expect(await walkChain(changed)).toMatchObject({ firstBroken: 2 });
    expect(await walkChain([entries[0]!, entries[2]!])).toMatchObject({ firstBroken: 3 });
    expect(await walkChain([entries[1]!, entries[0]!])).toMatchObject({ firstBroken: 2 });
  });
});
