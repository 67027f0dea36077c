// `sidemark harmonize`: a site's own films without their side markers, for its own use. Nothing leaves the site.
import { action, addVerb, exitCodes, makeBars, type Output, table, usageError } from '@sidemark/terminal';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { changesName } from './changes-csv.ts';
import { type HarmonizedFolder, harmonizeFolder } from './harmonize-folder.ts';
import { HarmonizeArm, HarmonizeFormat } from './harmonized-film.ts';
import { chooseModels, type ModelChoice } from './local-models.ts';

interface HarmonizeOptions extends ModelChoice {
  readonly in: string;
  readonly out: string;
  readonly arm: string;
  readonly format: string;
  readonly workers?: string;
}

export function registerHarmonizeCommand(program: Command): void {
  addVerb(
    program,
    'harmonize',
    'Write a site’s own films with their side markers inpainted, as derived DICOM or PNG',
    'sidemark harmonize --in /data/chest --out /data/chest-inpainted',
  )
    .requiredOption('--in <path>', 'a film, or a folder of films; it is never written to')
    .requiredOption('--out <folder>', 'folder to write: the films under their names, and changes.csv')
    .option(
      '--arm <arm>',
      'inpainted, or clipped: the original limited to the range of the inpainted film',
      'inpainted',
    )
    .option(
      '--format <format>',
      'dicom: derived objects (PNG and JPEG become PNG); png: bone white, values kept',
      'dicom',
    )
    .option('--models <folder>', 'folder with a detector and an inpainter, in place of those shipped')
    .option('--detector <manifest>', 'manifest of a detector, its ONNX file beside it')
    .option('--inpainter <manifest>', 'manifest of an inpainter, its ONNX file beside it')
    .option('--workers <n>', 'inference processes (SIDEMARK_WORKERS, one per core)')
    .action(action((output, options: HarmonizeOptions) => harmonize(output, options)));
}

async function harmonize(output: Output, options: HarmonizeOptions): Promise<void> {
  const arm = oneOf('--arm', HarmonizeArm.options, options.arm);
  const format = oneOf('--format', HarmonizeFormat.options, options.format);
  const workers = options.workers === undefined ? {} : { workers: count('--workers', options.workers) };
  const models = await chooseModels(options);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const bars = makeBars(output);
  const bar = bars.add('harmonizing', 0);
  try {
    const done = await harmonizeFolder({
      ...{ in: options.in, out: options.out, arm, format, models },
      workers: loadConfig(workers).workers,
      signal: stop.signal,
      onProgress: ({ imagesDone, imagesTotal, ratePerSecond }) => {
        bar.total(imagesTotal);
        bar.update(imagesDone, `films, ${ratePerSecond.toFixed(1)} a second`);
      },
    });
    bars.stop();
    output.result(valueOf(done), textOf(done));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    bars.stop();
    output.result({ stopped: true }, 'stopped; the same command goes on where it was');
    process.exitCode = exitCodes.failed;
  } finally {
    bars.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function oneOf<T extends string>(option: string, choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw usageError(`${option} is one of ${choices.join(', ')}, not ${text}`);
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw usageError(`${option} is a positive whole number, not ${text}`);
}

function tally({ files, unchanged }: HarmonizedFolder) {
  const written = files.flatMap(({ film }) => (film.kind === 'written' ? [film] : []));
  const refused: Record<string, number> = {};
  for (const { film } of files)
    if (film.kind === 'refused') refused[film.reason] = (refused[film.reason] ?? 0) + 1;
  return {
    films: files.length,
    changed: written.filter(({ inert }) => !inert).length,
    withoutMarker: written.filter(({ markers }) => markers.length === 0).length,
    inert: written.filter(({ inert }) => inert).length,
    toReview: written.filter(({ review }) => review !== null).length,
    stillFound: written.filter(({ foundAfter }) => (foundAfter ?? 0) > 0).length,
    doneBefore: unchanged,
    refused,
  };
}

function valueOf(done: HarmonizedFolder): object {
  return { out: done.out, changes: changesName, ...tally(done), files: done.files };
}

function textOf(done: HarmonizedFolder): string {
  const { films, changed, withoutMarker, inert, toReview, stillFound, doneBefore, refused } = tally(done);
  const rows: [string, number][] = [
    ['films', films],
    ['changed', changed],
    ['as they were', inert],
    ['  of these without a marker', withoutMarker],
    ['  of these to be looked at by a person', toReview],
    ['changed, a marker is still found', stillFound],
    ['done by an earlier run', doneBefore],
    ...Object.entries(refused).map(([reason, n]): [string, number] => [`not written: ${reason}`, n]),
  ];
  const named = done.files.flatMap(({ path, film }) =>
    film.kind === 'refused' ? [`  ${path}: ${film.reason}`] : [],
  );
  const list =
    named.length > 20 ? [...named.slice(0, 20), `  … ${named.length - 20} more in ${changesName}`] : named;
  return [
    table(
      ['', 'films'],
      rows.map(([what, n]) => [what, String(n)]),
      ['left', 'right'],
    ),
    ...(list.length > 0 ? ['not written:', ...list] : []),
    `written to ${done.out}; what was changed where: ${changesName}`,
  ].join('\n');
}
