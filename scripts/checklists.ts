// `npm run docs:checklists`: writes docs/checklists.md from the items that are in every run report.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checklistPage } from '@sidemark/run-report';
import { format, resolveConfig } from 'prettier';

export const page = fileURLToPath(new URL('../docs/checklists.md', import.meta.url));

/** The page as prettier writes it. */
export async function checklistsPage(): Promise<string> {
  return format(checklistPage(), { ...(await resolveConfig(page)), parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await checklistsPage());
