// How long a session lives, and when its cookie is changed. Pure.

/** a cookie is changed after so long */
const rotateMs = 15 * 60_000;
/** so long the cookie before it is taken too: requests with it may be on their way, and answers may be lost */
const overlapMs = 60_000;
/** to write down that a session is used, once in so long is enough */
const noteMs = 60_000;

export interface SessionTimes {
  readonly rotatedAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

export function isOver({ seenAt, expiresAt }: SessionTimes, now: Date, idleMs: number): boolean {
  return now >= expiresAt || now.getTime() - seenAt.getTime() >= idleMs;
}

/**
 * What a request does to the session's cookie. The cookie before it ends only when the new one has come back: an answer
 * that was lost on its way signs nobody out.
 * @param isPrevious the request carries the cookie before the one that was given last
 */
export function nextStep(
  { rotatedAt, seenAt }: SessionTimes,
  now: Date,
  isPrevious: boolean,
): 'rotate' | 'note' | 'leave' {
  const age = now.getTime() - rotatedAt.getTime();
  if (isPrevious) return age >= overlapMs ? 'rotate' : 'leave';
  if (age >= rotateMs) return 'rotate';
  return now.getTime() - seenAt.getTime() >= noteMs ? 'note' : 'leave';
}

/** Whether the cookie before the one in use has had its time. */
export function isSettled({ rotatedAt }: SessionTimes, now: Date): boolean {
  return now.getTime() - rotatedAt.getTime() >= overlapMs;
}
