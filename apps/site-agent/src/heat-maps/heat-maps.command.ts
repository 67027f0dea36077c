// `sidemark agent heatmaps`: where the classifiers of a job look, as pictures for the people of the site.
import { relative, resolve } from 'node:path';
import { action, addVerb, exitCodes, makeBars, type Output, table, usageError } from '@sidemark/terminal';
import type { Command } from 'commander';
import { type DataOption, openData, withData } from '../commands/data-option.ts';
import { drawJob, FIRST_FILMS } from './draw-job.ts';
import type { FilmHeat } from './heat-map.messages.ts';
import { jobAtHand } from './job-at-hand.ts';

interface HeatMapsOptions extends DataOption {
  readonly out?: string;
  readonly films?: string;
  readonly inpainting?: boolean;
}

export function registerHeatMapsCommand(agent: Command): void {
  const verb = addVerb(
    agent,
    'heatmaps <job>',
    'Draw where the classifiers of a job look on its films, as PNG files on this machine',
    'sidemark agent heatmaps 0b9f4a52-… --films 1,4-9 --out heat',
  )
    .option('--out <folder>', 'folder to write (heatmaps-JOB); the pictures show films, and are never sent')
    .option(
      '--films <rows>',
      `rows of the dataset, such as 3 or 1,4-9 (the first ${FIRST_FILMS} that count)`,
    );
  verb.option('--inpainting', 'also each film before and after inpainting');
  withData(verb).action(
    action((output, job: string, options: HeatMapsOptions) => heatMaps(output, job, options)),
  );
}

async function heatMaps(output: Output, job: string, options: HeatMapsOptions): Promise<void> {
  const { directory } = await openData(options);
  const atHand = await jobAtHand(directory, job);
  const out = resolve(options.out ?? `heatmaps-${job.slice(0, 8)}`);
  if (isInside(out, resolve(directory.root)))
    throw usageError('--out is inside the data directory of the agent, which holds what is sent');
  const rows = options.films === undefined ? {} : { rows: rowsOf(options.films, atHand.dataset.rows.length) };
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const bars = makeBars(output);
  const bar = bars.add('drawing', 0);
  try {
    const films = await drawJob({
      ...{ ...atHand, ...rows, out, signal: stop.signal },
      inpainting: options.inpainting === true,
      onFilm: (done, total) => {
        bar.total(total);
        bar.update(done, 'films');
      },
    });
    bars.stop();
    output.result({ folder: out, films }, heatText(films, options.out ?? out));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    bars.stop();
    output.result({ stopped: true }, `stopped; what was drawn is in ${out}`);
    process.exitCode = exitCodes.failed;
  } finally {
    bars.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @throws DomainError `usage` for what is no list of rows, and for rows that the dataset does not have */
export function rowsOf(text: string, most: number): number[] {
  const rows = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && from <= to && to <= most))
      throw usageError(`--films is rows from 1 to ${most}, such as 3 or 1,4-9, not ${text}`);
    for (let row = from; row <= to; row++) rows.add(row);
  }
  return [...rows].sort((a, b) => a - b);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && resolve(folder, way) === path);
}

function heatText(films: readonly FilmHeat[], folder: string): string {
  const rows = films.flatMap(({ row, skipped, inpainting, maps }) =>
    skipped === null
      ? [
          ...(inpainting === null ? [] : [[`${row}`, '', 'inpainted', '', inpainting]]),
          ...maps.map(({ classifier, arm, label, file }) => [
            `${row}`,
            classifier,
            arm,
            label,
            file ?? 'no map: it came out as no number',
          ]),
        ]
      : [[`${row}`, '', '', '', `skipped: ${skipped}`]],
  );
  if (rows.length === 0) return 'No film of this job counts for a classifier with maps.';
  return [
    table(['film', 'classifier', 'arm', 'class', 'file'], rows, ['right', 'left', 'left', 'left', 'left']),
    `in ${folder}: the film, and beside it the film under its map, yellow to red. Arms without a change have one picture.`,
    'The pictures show films of patients: keep them as you keep the films.',
  ].join('\n');
}
