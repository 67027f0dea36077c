// `sidemark dataset check`: what a folder holds and what is wrong with it, before anything is registered.
import { realpath, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { makeBars, type Output, usageError } from '@sidemark/terminal';
import { loadConfig } from '../../config.ts';
import { loadOrMakeSiteSecret } from '../../identity/key.store.ts';
import { openDataDirectory } from '../../platform/disk/data-directory.ts';
import { systemRandom } from '../../platform/random.ts';
import { strictestFloor } from '../../policy/floors.ts';
import { PolicyStore } from '../../policy/policy.store.ts';
import { type LabelColumns, type LabelRows, labelRows } from '../rows/label-rows.ts';
import { readLabels } from '../rows/labels.reader.ts';
import { repeatedPaths, splitConflicts } from '../rows/row-conflicts.ts';
import { CheckCache } from './check-cache.store.ts';
import { type CheckedFolder, checkFolder, type FolderRequest } from './check-folder.ts';
import { summarise } from './check-summary.ts';
import { checkText } from './check.view.ts';
import { listOfFiles } from './file-list.ts';

export interface CheckOptions {
  csv?: string;
  data?: string;
  list?: string;
  columns: LabelColumns;
}

export async function checkDataset(output: Output, given: string, options: CheckOptions): Promise<void> {
  const { dataDirectory, workers } = loadConfig(options.data === undefined ? {} : { data: options.data });
  const folder = await realpath(resolve(given)).catch(() => {
    throw usageError('FOLDER cannot be opened');
  });
  const csv = await labelsOf(folder, options.csv);
  const labels = csv === undefined ? undefined : await readRows(csv, options.columns);
  const directory = await openDataDirectory(dataDirectory);
  const { policy } = await new PolicyStore(directory.policy).read();
  const cache = await CheckCache.open(directory, folder, await loadOrMakeSiteSecret(directory, systemRandom));
  const leaveOut = new Set(labels?.drafts.flatMap(({ mask }) => (mask === undefined ? [] : [mask])));
  if (csv !== undefined) leaveOut.add(relative(folder, csv).split(sep).join('/'));
  const { files, opened } = await withBar(output, { folder, leaveOut, workers, cache });
  const summary = summarise(files, labels, strictestFloor(policy, { minPatientsPerClass: 0 }));
  if (options.list !== undefined) await writeFile(resolve(options.list), listOfFiles(files), { mode: 0o600 });
  output.result({ ...summary, opened }, checkText(summary, opened));
}

/** The file that was named, or labels.csv of the folder where there is one. */
async function labelsOf(folder: string, named: string | undefined): Promise<string | undefined> {
  const path = named === undefined ? join(folder, 'labels.csv') : resolve(named);
  const found = await stat(path).catch(() => undefined);
  if (found || named !== undefined) return realpath(path).catch(() => path);
  return undefined;
}

async function readRows(csv: string, columns: LabelColumns): Promise<LabelRows> {
  const rows = labelRows(await readLabels(csv), columns);
  return {
    ...rows,
    problems: [...rows.problems, ...repeatedPaths(rows.drafts), ...splitConflicts(rows.drafts)],
  };
}

async function withBar(output: Output, request: FolderRequest): Promise<CheckedFolder> {
  const bars = makeBars(output);
  const bar = bars.add('reading films', 0);
  try {
    return await checkFolder(request, (done, total) => {
      bar.total(total);
      bar.update(done);
    });
  } finally {
    bars.stop();
  }
}
