// The shipped detector on a hospital that none of its training saw, by the command that anybody would use.
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '../..');
const radiographs = resolve(root, process.env['SIDEMARK_SHARED'] ?? '../shared', 'data/radiographs');

describe('npm run eval:detector -- DIR --json', () => {
  const args = ['run', 'eval:detector', '--', radiographs, '--json', '--site', 'actualmed_spain'];
  const env = { ...process.env, NODE_OPTIONS: '' };
  // on Windows npm is a batch file; these tests run where the shared films are
  const out = execFileSync('npm', args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1e8 });

  it('prints one JSON object and nothing else', () => {
    expect(out.trim().split('\n')).toHaveLength(1);
    const figures = JSON.parse(out) as Record<string, unknown>;
    for (const name of ['recall', 'coverage', 'falsePositivesPerFilm'])
      expect(figures[name]).toEqual(expect.any(Number));
    expect(figures['all']).toMatchObject({ films: 48, markers: 43 });
  });

  it('finds the letters of a hospital it never saw', () => {
    const { recall, coverage } = JSON.parse(out) as { recall: number; coverage: number };
    expect(recall).toBeGreaterThan(0.9);
    expect(coverage).toBeGreaterThan(0.85);
  });
});
