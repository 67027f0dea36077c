// The registered datasets and what a check of their folders found. A check reads every film that it has not seen before,
// so it runs when it is asked for, and the page asks how far it is.
import { readdir } from 'node:fs/promises';
import type { ConsoleDataset, ConsoleTable } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { CheckCache } from '../dataset/check/check-cache.store.ts';
import { checkFolder } from '../dataset/check/check-folder.ts';
import { summarise } from '../dataset/check/check-summary.ts';
import { checkTables } from '../dataset/check/check-tables.ts';
import { loadDataset } from '../dataset/dataset.store.ts';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { LabelRows } from '../dataset/rows/label-rows.ts';
import { loadOrMakeSiteSecret } from '../identity/key.store.ts';
import type { AgentWorld } from '../platform/agent-world.ts';
import { instant } from '../platform/clock.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import { strictestFloor } from '../policy/floors.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { problemOf } from './views/problem.ts';

type Check = ConsoleDataset['check'];

export class DatasetChecks {
  readonly #checks = new Map<string, Check>();

  constructor(private readonly world: AgentWorld) {}

  async list(): Promise<ConsoleDataset[]> {
    const { directory } = this.world;
    const names = await onDisk(() => readdir(directory.datasets));
    const studies = names.flatMap((name) => /^([0-9a-f-]{36})\.json$/.exec(name)?.[1] ?? []).sort();
    const datasets = await Promise.all(studies.map((study) => loadDataset(directory.root, study)));
    return datasets.map((dataset) => ({
      study: dataset.study,
      digest: dataset.digest,
      images: dataset.rows.length,
      patients: new Set(dataset.rows.map(({ patient }) => patient)).size,
      classes: classTable(dataset),
      check: this.#checks.get(dataset.study) ?? { state: 'none' },
    }));
  }

  /** Begins a check, unless one runs. @throws DomainError `dataset-not-found` */
  async begin(study: string): Promise<ConsoleDataset[]> {
    const dataset = await loadDataset(this.world.directory.root, study);
    const busy = [...this.#checks.values()].some(({ state }) => state === 'running');
    if (busy) throw new DomainError('state-conflict', { state: 'another dataset is being checked' });
    this.#checks.set(study, { state: 'running', done: 0, total: dataset.rows.length });
    void this.#check(dataset).then(
      (check) => this.#checks.set(study, check),
      (error: unknown) => this.#checks.set(study, { state: 'failed', problem: problemOf(error) }),
    );
    return this.list();
  }

  async #check(dataset: RegisteredDataset): Promise<Check> {
    const { directory, config, random, clock } = this.world;
    const { folder, rows, study } = dataset;
    const secret = await loadOrMakeSiteSecret(directory, random);
    const cache = await CheckCache.open(directory, folder, secret);
    const only = new Set(rows.map(({ path }) => path));
    // half of the machine at most: an evaluation may be running
    const workers = Math.max(1, Math.floor(config.workers / 2));
    const request = { folder, leaveOut: new Set<string>(), only, workers, cache };
    const { files } = await checkFolder(request, (done, total) => {
      this.#checks.set(study, { state: 'running', done, total });
    });
    const { policy } = await new PolicyStore(directory.policy).read();
    const floor = strictestFloor(policy, { minPatientsPerClass: 0 });
    const tables = checkTables(summarise(files, labelsOf(dataset), floor));
    return {
      state: 'done',
      at: instant(clock.now()),
      tables: tables.map(({ head: [caption = '', ...rest], rows: cells, from }) => ({
        caption,
        columns: [caption, ...rest].map((label, i) => ({
          label,
          numeric: i >= from && label !== 'what to do',
        })),
        rows: cells.map((row) => [...row]),
      })),
    };
  }
}

/** The rows as they were registered: they had no problem then. */
function labelsOf({ rows }: RegisteredDataset): LabelRows {
  const drafts = rows.map(({ sha256: _file, maskSha256: _mask, ...draft }, i) => ({ ...draft, row: i + 1 }));
  return { drafts, problems: [], considered: rows.length };
}

function classTable({ classPatients }: RegisteredDataset): ConsoleTable {
  return {
    caption: 'Patients in each class',
    columns: [
      { label: 'class', numeric: false },
      { label: 'patients', numeric: true },
    ],
    rows: Object.entries(classPatients).map(([name, patients]) => [
      name.startsWith('class:') ? `class ${name.slice(6)}` : `label ${name}`,
      String(patients),
    ]),
  };
}
