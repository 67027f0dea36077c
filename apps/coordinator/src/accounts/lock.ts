// How long a name is locked after so many wrong passwords in a row. Pure.
const freeFailures = 4;
const firstLockSeconds = 60;
const longestLockSeconds = 15 * 60;

/** after so long without one, wrong passwords are forgotten */
export const forgetFailuresMs = 24 * 3_600_000;

/** @param failures wrong passwords in a row, this one too. @returns seconds; 0: none */
export function lockSeconds(failures: number): number {
  const beyond = failures - freeFailures;
  return beyond <= 0 ? 0 : Math.min(longestLockSeconds, firstLockSeconds * 2 ** (beyond - 1));
}
