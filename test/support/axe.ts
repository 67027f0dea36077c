// The rules of axe, held against a page as it is.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** Serious and critical violations, each with the elements that show it. */
export async function violationsOn(page: Page): Promise<string[]> {
  // through the debugger, since the policy of the page lets no script into it
  const axe = await readFile(axeFile, 'utf8');
  const found = await page.evaluate<{ violations: Violation[] }>(`${axe}; axe.run()`);
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
