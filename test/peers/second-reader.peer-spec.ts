// A report must be verifiable by a stranger: here by Python's cryptography library, with none of our code.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleBundle, exampleReport, testKeys } from '../support/report-fixture.ts';

const python = process.env['SIDEMARK_PYTHON'] ?? 'python3';
const script = join(import.meta.dirname, 'verify_report.py');
let dir: string;

async function read(bundle: unknown, fingerprint: string): Promise<{ status: number | null; text: string }> {
  const file = join(dir, 'bundle.json');
  await writeFile(file, JSON.stringify(bundle));
  const { status, stdout, stderr } = spawnSync(python, [script, file, fingerprint], { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sidemark-reader-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('a second reader in Python', () => {
  it('verifies a report from release key to result digest', async () => {
    const { status, text } = await read(exampleBundle(), testKeys.release.keyId);
    expect(text).toContain('ok  result digest fits the result');
    expect(status).toBe(0);
  });

  it('refuses altered figures, a foreign release key and a wrong result digest', async () => {
    const bundle = exampleBundle();
    const payload = Buffer.from(bundle.envelope.payload, 'base64').toString().replace('0.8125', '0.9125');
    const altered = {
      ...bundle,
      envelope: { ...bundle.envelope, payload: Buffer.from(payload).toString('base64') },
    };
    expect(await read(altered, testKeys.release.keyId)).toMatchObject({
      status: 1,
      text: expect.stringContaining('report is signed'),
    });
    expect(await read(bundle, 'f'.repeat(64))).toMatchObject({ status: 1 });
    const wrongDigest = exampleBundle({ ...exampleReport(), resultDigest: 'a'.repeat(64) });
    expect(await read(wrongDigest, testKeys.release.keyId)).toMatchObject({
      status: 1,
      text: expect.stringContaining('result digest'),
    });
  });
});
