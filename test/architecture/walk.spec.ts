// Documents name real files: a path in back ticks that is not there fails.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];

function namedPaths(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const ticked = [
    ...text.matchAll(/`((?:apps|libs|prisma|test|scripts|docs|bench|models|training)\/[\w./-]+)`/g),
  ];
  const linked = [...text.matchAll(/\]\((?!https?:)([\w./-]+)\)/g)].map(([, path = '']) =>
    document.startsWith('docs/') ? `docs/${path}` : path,
  );
  return [...ticked.map(([, path = '']) => path), ...linked];
}

describe('documents', () => {
  it.each(documents)('%s names only files that are there', (document) => {
    expect(namedPaths(document).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('walk through at least thirty files of one evaluation', () => {
    expect(new Set(namedPaths('docs/walk.md')).size).toBeGreaterThanOrEqual(30);
  });
});
