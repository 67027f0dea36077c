// Pictures of a job's films, drawn on request: where the classifiers look, and the film before and after inpainting. They
// lie in a folder of this machine that goes when the agent stops; nothing here knows a way out of it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsolePictures } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { loadDataset } from '../dataset/dataset.store.ts';
import { drawJob } from '../heat-maps/draw-job.ts';
import type { FilmHeat } from '../heat-maps/heat-map.messages.ts';
import { jobAtHand } from '../heat-maps/job-at-hand.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import { problemOf } from './views/problem.ts';

export class PictureRoom {
  readonly #drawn = new Map<string, ConsolePictures>();
  readonly #stop = new AbortController();
  /** names of the files that were drawn: no other is served */
  readonly #files = new Set<string>();
  #folder: Promise<string> | undefined;

  constructor(private readonly directory: DataDirectory) {}

  /** What was drawn of a job last. @throws DomainError `job-unknown`, `dataset-not-found` */
  async of(job: string): Promise<ConsolePictures> {
    const { study } = await new JobsStore(this.directory).get(job);
    const { rows } = await loadDataset(this.directory.root, study);
    return this.#drawn.get(job) ?? { state: 'none', films: rows.length };
  }

  /** Begins to draw. @throws DomainError `job-unknown`, `state-conflict`, `invalid-input`, `dataset-not-found` */
  async draw(job: string, rows: readonly number[]): Promise<ConsolePictures> {
    const atHand = await jobAtHand(this.directory, job);
    const most = atHand.dataset.rows.length;
    if (rows.some((row) => row > most))
      throw new DomainError('invalid-input', { fields: [`rows: the dataset has ${most} films`] });
    if ([...this.#drawn.values()].some(({ state }) => state === 'running'))
      throw new DomainError('state-conflict', { state: 'other films are being drawn' });
    const begun: ConsolePictures = { state: 'running', done: 0, total: rows.length };
    this.#drawn.set(job, begun);
    const onFilm = (done: number, total: number): void =>
      void this.#drawn.set(job, { state: 'running', done, total });
    const out = await (this.#folder ??= mkdtemp(join(tmpdir(), 'sidemark-pictures-')));
    const asked = {
      ...atHand,
      rows,
      out: join(out, job),
      onFilm,
      inpainting: true,
      signal: this.#stop.signal,
    };
    void drawJob(asked).then(
      (films) => this.#drawn.set(job, this.#keep(job, films)),
      (error: unknown) => this.#drawn.set(job, { state: 'failed', problem: problemOf(error) }),
    );
    return begun;
  }

  /** PNG bytes of one that was drawn. @throws DomainError `not-found` */
  async read(job: string, file: string): Promise<Uint8Array> {
    const folder = await this.#folder;
    if (folder === undefined || !this.#files.has(`${job}/${file}`)) throw new DomainError('not-found');
    return onDisk(() => readFile(join(folder, job, file)));
  }

  /** Stops drawing, and takes every picture away. */
  async close(): Promise<void> {
    this.#stop.abort();
    const folder = await this.#folder;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  #keep(job: string, films: readonly FilmHeat[]): ConsolePictures {
    const shown = films.map(({ row, skipped, maps, inpainting }) => {
      const pictures = [
        ...(inpainting
          ? [
              {
                file: inpainting,
                caption:
                  'Before and after inpainting: each hole is framed on the film; beside it, what was there and what is there now',
              },
            ]
          : []),
        ...maps.flatMap(({ file, classifier, arm, label }) =>
          file === null ? [] : [{ file, caption: `${classifier} on ${arm}: where it looks for “${label}”` }],
        ),
      ].filter(({ file }, i, all) => all.findIndex((other) => other.file === file) === i);
      return { row, skipped, pictures };
    });
    for (const { pictures } of shown) for (const { file } of pictures) this.#files.add(`${job}/${file}`);
    return { state: 'done', films: shown };
  }
}
