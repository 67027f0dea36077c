import { describe, expect, it } from '@jest/globals';
import { Presence, type SiteLink } from './presence.ts';

function link(): SiteLink & { closed: boolean } {
  const made = {
    closed: false,
    offer: () => undefined,
    cancel: () => undefined,
    answers: () => Promise.resolve(true),
    close: () => void (made.closed = true),
  };
  return made;
}

describe('presence', () => {
  it('keeps the newest link of a site and closes the older one', () => {
    const [presence, older, newer] = [new Presence(), link(), link()];
    presence.arrive('a', older);
    presence.arrive('a', newer);
    presence.leave('a', older);
    expect([older.closed, newer.closed, presence.linkOf('a')]).toEqual([true, false, newer]);
  });

  it('forgets a link that ended, and closes one that is dismissed', () => {
    const [presence, only] = [new Presence(), link()];
    presence.arrive('a', only);
    presence.dismiss('a');
    expect([only.closed, presence.isOnline('a')]).toEqual([true, false]);
    presence.arrive('a', only);
    presence.leave('a', only);
    expect(presence.isOnline('a')).toBe(false);
  });
});
