import { describe, expect, it } from '@jest/globals';
import { isOver, isSettled, nextStep } from './session-age.ts';

const minute = 60_000;
const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 27) + minutes * minute);
const session = { rotatedAt: at(0), seenAt: at(0), expiresAt: at(720) };

describe('a session', () => {
  it('ends with its hours, and earlier when nobody uses it', () => {
    expect(isOver({ ...session, seenAt: at(719) }, at(719.9), 60 * minute)).toBe(false);
    expect(isOver({ ...session, seenAt: at(719) }, at(720), 60 * minute)).toBe(true);
    expect(isOver(session, at(60), 60 * minute)).toBe(true);
  });

  it('changes its cookie after a quarter of an hour of use', () => {
    expect(nextStep({ ...session, seenAt: at(14) }, at(14.5), false)).toBe('leave');
    expect(nextStep({ ...session, seenAt: at(13) }, at(14.5), false)).toBe('note');
    expect(nextStep({ ...session, seenAt: at(14) }, at(15), false)).toBe('rotate');
  });

  it('takes the cookie before for a minute, and changes again when the new one never came', () => {
    expect(nextStep(session, at(0.5), true)).toBe('leave');
    expect(nextStep(session, at(1), true)).toBe('rotate');
    expect([isSettled(session, at(0.5)), isSettled(session, at(1))]).toEqual([false, true]);
  });
});
