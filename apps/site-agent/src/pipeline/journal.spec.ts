import { describe, expect, it } from '@jest/globals';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Journal } from './journal.ts';
import type { ImageOutcome } from './image/image-outcome.ts';
import { temporaryFolder } from './test-support/tiny-study.ts';

const subject = { subject: 's'.repeat(64), key: 'k'.repeat(64) };
const scored: ImageOutcome = {
  kind: 'scored',
  scores: [[[0.1 + 0.2], [-1e-300]]],
  inert: { inpainted: true, clipped: false },
  markers: { left: 1, right: 0, other: 0, needsReview: false },
};
const skipped: ImageOutcome = { kind: 'skipped', reason: 'truncated' };
const sha = (digit: string): string => digit.repeat(64);

async function written(): Promise<string> {
  const path = join(await temporaryFolder(), 'journal.ndjson');
  const journal = await Journal.open(path, subject);
  journal.append(sha('a'), scored);
  journal.append(sha('b'), skipped);
  await journal.close();
  return path;
}

async function known(path: string, of = subject): Promise<(ImageOutcome | undefined)[]> {
  const journal = await Journal.open(path, of);
  await journal.close();
  return ['a', 'b', 'c'].map((digit) => journal.outcomeOf(sha(digit)));
}

describe('the journal', () => {
  it('gives every number back to the last bit', async () => {
    expect(await known(await written())).toEqual([scored, skipped, undefined]);
  });

  it('is private and names no file digest', async () => {
    const path = await written();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toContain('aaaa');
  });

  it('ignores a torn last line and writes on after it', async () => {
    const path = await written();
    await appendFile(path, '{"image":"0123","outc');
    const journal = await Journal.open(path, subject);
    journal.append(sha('c'), skipped);
    await journal.close();
    expect(await known(path)).toEqual([scored, skipped, skipped]);
  });

  it('starts anew for another subject', async () => {
    const path = await written();
    expect(await known(path, { ...subject, subject: 'other' })).toEqual([undefined, undefined, undefined]);
    expect(await known(path)).toEqual([undefined, undefined, undefined]);
  });

  it('starts anew when the header is damaged or the file is empty', async () => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    await appendFile(path, 'garbage\n{}\n');
    expect(await known(path)).toEqual([undefined, undefined, undefined]);
  });

  it('cannot be read with another key', async () => {
    expect(await known(await written(), { ...subject, key: 'other' })).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
