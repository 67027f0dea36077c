import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { workedAnalysis } from './worked-analysis.ts';

describe('docs/statistics.md', () => {
  it('shows the worked analysis as it is computed', () => {
    const docs = readFileSync(new URL('../docs/statistics.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\n\`\`\`\n${workedAnalysis().join('\n')}\n\`\`\`\n`);
  });
});
