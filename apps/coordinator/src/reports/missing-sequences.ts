// The gaps in a site's report numbers: a number below its highest that never arrived may be on its way, or lost.

/** At most `limit` of the numbers 1..max that are not in `seen`, ascending. */
export function missingSequences(seen: readonly number[], limit = 1000): number[] {
  const missing: number[] = [];
  let expected = 1;
  for (const sequence of [...seen].sort((a, b) => a - b)) {
    for (; expected < sequence && missing.length < limit; expected++) missing.push(expected);
    expected = Math.max(expected, sequence + 1);
  }
  return missing;
}
