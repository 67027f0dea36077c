// The demonstration on real films: every hospital folder with both classes is a site; nothing of it is copied.
import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');
const radiographs = resolve(root, process.env['SIDEMARK_SHARED'] ?? '../shared', 'data/radiographs');
const demo = join(root, 'apps/cli/src/demo/main.ts');
const tsx = fileURLToPath(import.meta.resolve('tsx'));

function demonstrate(): Promise<{ code: number | null; out: string; err: string }> {
  const args = ['--import', tsx, demo, '--once', '--radiographs', radiographs];
  return new Promise((done) => {
    const options = { cwd: root, env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 1 << 24 };
    const child = execFile(process.execPath, args, options, (_error, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });
}

describe('the demonstration on real radiographs', () => {
  it('makes each hospital with both classes a site and pools their reports', async () => {
    const { code, out, err } = await demonstrate();
    expect(err).toBe('');
    expect(code).toBe(0);
    for (const hospital of ['actualmed-spain', 'kermany-guangzhou', 'nih-clinical-center']) {
      expect(out).toMatch(new RegExp(`│ ${hospital} +│ external │ yes`));
    }
    expect(out).not.toMatch(/hannover/);
    expect(out).toMatch(/\* binary-inpainted-vs-original .*[+-]0\.\d{3} \[/);
    expect(out).toContain('3 reports verified off-line');
  }, 400_000);
});
