import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { checklistsPage, page } from './checklists.ts';

describe('docs/checklists.md', () => {
  it('says what every run report says (npm run docs:checklists writes it anew)', async () => {
    expect(readFileSync(page, 'utf8')).toBe(await checklistsPage());
  });
});
