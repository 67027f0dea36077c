import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { workedExample } from './worked-example.ts';

describe('docs/statistics.md', () => {
  it('shows the worked example as it is computed', () => {
    const docs = readFileSync(new URL('../docs/statistics.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\n\`\`\`\n${workedExample().join('\n')}\n\`\`\`\n`);
  });
});
