// Real radiographs: every hospital folder of a manifest with both classes is a site. The files stay where they are.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { usageError } from '@sidemark/terminal';
import type { DemoSite } from './federation.ts';

interface ManifestRow {
  readonly site: string;
  readonly label_binary: string;
}

function sitesWithBothClasses(rows: readonly ManifestRow[]): string[] {
  const labels = new Map<string, Set<string>>();
  for (const row of rows) labels.set(row.site, (labels.get(row.site) ?? new Set()).add(row.label_binary));
  return [...labels].filter(([, seen]) => seen.has('0') && seen.has('1')).map(([site]) => site);
}

/**
 * @param folder holds manifest.csv (columns path, site, label_binary, patient_id, view, sex, age) and the images.
 * @throws DomainError `usage` when there is no manifest or no hospital with both classes.
 */
export async function radiographSites(folder: string): Promise<DemoSite[]> {
  const csv = join(folder, 'manifest.csv');
  if (!(await stat(csv).catch(() => null))) throw usageError(`no manifest.csv in ${folder}`);
  const rows = parse<ManifestRow>(await readFile(csv, 'utf8'), { columns: true, bom: true });
  const names = sitesWithBothClasses(rows);
  if (names.length === 0) throw usageError(`no hospital with both classes in ${csv}`);
  return names.sort().map((site) => ({
    name: site.replaceAll('_', '-'),
    role: 'external',
    folder,
    // rows without a binary label are left out on purpose, and counted
    datasetArguments: [
      '--csv',
      csv,
      '--label-column',
      'label_binary',
      '--where',
      `site=${site}`,
      '--allow-extra-columns',
      '--allow-skips',
    ],
  }));
}
