// `sidemark dataset add|check|show`: how a site registers its images and labels, and sees what is wrong with them.
import { resolve } from 'node:path';
import { Id } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { action, addVerb, makeBars, type Output, usageError } from '@sidemark/terminal';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { loadOrMakeSiteSecret } from '../identity/key.store.ts';
import { openDataDirectory } from '../platform/disk/data-directory.ts';
import { systemRandom } from '../platform/random.ts';
import { checkDataset } from './check/check.commands.ts';
import { datasetDigest, deriveDatasetKey } from './dataset-digest.ts';
import { loadDataset, saveDataset } from './dataset.store.ts';
import { datasetText, datasetValue, problemsText } from './dataset.view.ts';
import { type ExaminedDataset, examineDataset } from './rows/examine-dataset.ts';
import { type Column, columnNames, type LabelColumns } from './rows/label-rows.ts';
import { countClassPatients, type RegisteredDataset } from './registered-dataset.ts';
import { problemRows } from './rows/row-problems.ts';
import { registerRemoval } from './removal.commands.ts';

interface StudyOptions {
  study: string;
  data?: string;
}

type ColumnOptions = Partial<Record<`${Column}Column`, string>>;

interface LabelOptions extends ColumnOptions {
  classes?: string;
  where: Record<string, string>;
  allowExtraColumns?: boolean;
}

interface AddOptions extends StudyOptions, LabelOptions {
  csv: string;
  allowSkips?: boolean;
}

interface CheckVerbOptions extends LabelOptions {
  csv?: string;
  data?: string;
  list?: string;
}

export function registerDatasetCommands(program: Command): void {
  const dataset = program.command('dataset').description('Register and look at a site’s images and labels');
  const add = addVerb(
    dataset,
    'add <folder>',
    'Check every row of the labels and register the images of a study',
    'sidemark dataset add /data/chest --csv /data/chest/labels.csv --study 5f0c6c1e-…',
  )
    .requiredOption('--csv <file>', 'labels: path, label (0/1), patient_id, and optionally class, view, ...')
    .option('--allow-skips', 'register the good rows and leave out those with problems');
  studyOptions(labelOptions(add)).action(
    action((output, folder: string, options: AddOptions) => addDataset(output, folder, options)),
  );
  const check = addVerb(
    dataset,
    'check <folder>',
    'Say what a folder of films holds, and what is wrong with it; registers nothing',
    'sidemark dataset check /data/chest --csv /data/chest/labels.csv',
  )
    .option('--csv <file>', 'labels as for `dataset add`; default: labels.csv of the folder, if there is one')
    .option('--list <file>', 'also write which file is what, as CSV: names of files are not shown')
    .option('--data <dir>', 'data directory of the agent (SIDEMARK_AGENT_DATA)');
  labelOptions(check).action(
    action((output, folder: string, options: CheckVerbOptions) =>
      checkDataset(output, folder, { ...options, columns: columnsOf(options) }),
    ),
  );
  registerRemoval(dataset);
  studyOptions(
    addVerb(dataset, 'show', 'Counts of a registered dataset', 'sidemark dataset show --study 5f0c6c1e-…'),
  ).action(action((output, options: StudyOptions) => showDataset(output, options)));
}

function labelOptions(verb: Command): Command {
  verb
    .option('--classes <names>', 'class names in the order of the model’s labels, separated by commas')
    .option(
      '--where <column=value>',
      'use only rows whose column holds the value; may be repeated',
      collect,
      {},
    )
    .option('--allow-extra-columns', 'columns that Sidemark does not know are no problem');
  for (const [column, name] of Object.entries(columnNames)) {
    verb.option(`--${column}-column <name>`, `column that holds it, if not ${name}`);
  }
  return verb;
}

function studyOptions(verb: Command): Command {
  return verb
    .requiredOption('--study <id>', 'id of the study')
    .option('--data <dir>', 'data directory of the agent (SIDEMARK_AGENT_DATA)');
}

async function addDataset(output: Output, folder: string, options: AddOptions): Promise<void> {
  if (!Id.safeParse(options.study).success)
    throw usageError('--study is the id that the trial office gave you');
  const directory = await openDataDirectory(
    loadConfig(options.data === undefined ? {} : { data: options.data }).dataDirectory,
  );
  const examined = await examine(output, folder, options);
  const { problems, rows } = examined;
  if (problems.length > 0) output.note(problemsText(problems));
  if (rows.length === 0 || (problems.length > 0 && !options.allowSkips)) throw refusal(output, examined);
  const key = deriveDatasetKey(await loadOrMakeSiteSecret(directory, systemRandom), options.study);
  const dataset: RegisteredDataset = {
    study: options.study,
    folder: examined.folder,
    rows,
    digest: datasetDigest(rows, key),
    classPatients: countClassPatients(rows),
  };
  await saveDataset(directory.root, dataset);
  const skipped = problemRows(problems).size;
  output.result({ ...datasetValue(dataset), skippedRows: skipped, problems }, datasetText(dataset, skipped));
}

async function examine(output: Output, folder: string, options: AddOptions): Promise<ExaminedDataset> {
  const bars = makeBars(output);
  const bar = bars.add('reading and hashing', 0);
  try {
    return await examineDataset(
      { folder: resolve(folder), csv: resolve(options.csv), columns: columnsOf(options) },
      (done, total) => {
        bar.total(total);
        bar.update(done);
      },
    );
  } finally {
    bars.stop();
  }
}

function columnsOf(options: LabelOptions): LabelColumns {
  const names: LabelColumns['names'] = {};
  for (const column of Object.keys(columnNames) as Column[]) {
    const name = options[`${column}Column`];
    if (name !== undefined) names[column] = name;
  }
  const classes = options.classes?.split(',').map((name) => name.trim()) ?? [];
  return { names, classes, where: options.where, allowExtraColumns: options.allowExtraColumns === true };
}

/** With --json the problems themselves are in the details: nothing was printed before. */
function refusal(output: Output, { problems, considered }: ExaminedDataset): DomainError {
  const lines = problems.map(
    ({ row, code, detail }) => `row ${row}: ${code}${detail === undefined ? '' : ` (${detail})`}`,
  );
  if (considered === 0 && problems.length === 0) {
    return new DomainError('dataset-problems', { reason: 'no row of the labels was selected' });
  }
  return new DomainError('dataset-problems', {
    rows: considered,
    rowsWithProblems: problemRows(problems).size,
    ...(output.json ? { problems: lines } : {}),
  });
}

async function showDataset(output: Output, options: StudyOptions): Promise<void> {
  const { dataDirectory } = loadConfig(options.data === undefined ? {} : { data: options.data });
  const dataset = await loadDataset(dataDirectory, options.study);
  const { folder } = dataset;
  output.result({ ...datasetValue(dataset), folder }, `${datasetText(dataset, 0)}\nfolder: ${folder}`);
}

function collect(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw usageError('--where is COLUMN=VALUE');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
