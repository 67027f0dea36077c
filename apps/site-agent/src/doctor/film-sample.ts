// A few films of every registered dataset, read as an evaluation reads them, in a child process.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDataset } from '../dataset/dataset.store.ts';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk } from '../platform/disk/durable-file.ts';

const filmsOfEach = 3;

export interface DatasetSample {
  readonly datasets: number;
  readonly asked: number;
  readonly read: number;
  /** formats of the films that were read, in words */
  readonly formats: readonly string[];
}

export async function sampleOf(directory: DataDirectory): Promise<DatasetSample> {
  const names = await onDisk(() => readdir(directory.datasets));
  const studies = names.flatMap((name) => /^([0-9a-f-]{36})\.json$/.exec(name)?.[1] ?? []);
  const datasets = await Promise.all(studies.map((study) => loadDataset(directory.root, study)));
  const paths = datasets.flatMap(spread);
  const formats = new Set<string>();
  let read = 0;
  const pool = new WorkerPool({ size: Math.min(1, paths.length), start: { kind: 'facts' } });
  try {
    await pool.run(
      paths.map((path, index) => ({ index, message: { factsOf: { path } } })),
      (_index, answer) => {
        if (!answer || !('facts' in answer) || answer.facts.kind !== 'film') return;
        read += 1;
        formats.add(answer.facts.syntax);
      },
    );
  } finally {
    await pool.close();
  }
  return { datasets: datasets.length, asked: paths.length, read, formats: [...formats].sort() };
}

/** First, middle and last in dataset order, which is by digest: as good as chance, and the same each time. */
function spread({ folder, rows }: RegisteredDataset): string[] {
  const at = Array.from({ length: filmsOfEach }, (_, i) =>
    Math.floor((i * (rows.length - 1)) / (filmsOfEach - 1)),
  );
  return [...new Set(at)].map((index) => join(folder, rows[index]!.path));
}
