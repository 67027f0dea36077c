import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import {
  cohort,
  contactSheet,
  eightBits,
  markFilms,
  siteProfile,
  type SiteProfile,
  type Tile,
  writeSite,
} from '@sidemark/phantom';
import { action, addVerb, makeBars, table, usageError } from '@sidemark/terminal';
import { readJson } from '../input/json-file.ts';

interface MakeOptions {
  out: string;
  films?: string;
  seed?: string;
  processes?: string;
  truth?: boolean;
}

interface SheetOptions {
  out: string;
  films: string;
  columns: string;
}

interface MarkVerbOptions {
  films: string;
  markers: string;
  out: string;
  sites?: string;
  copies: string;
}

export function registerPhantom(program: Command): void {
  const phantom = program
    .command('phantom')
    .description('Generated chest radiographs whose truth is known (docs/phantoms.md)');
  registerMake(phantom);
  registerMark(phantom);
  registerSheet(phantom);
}

function registerMake(phantom: Command): void {
  addVerb(
    phantom,
    'make <profile>',
    'Draw the films of a site profile, with labels.csv and markers.json',
    'sidemark phantom make libs/phantom/sites/harbour.json --out films/harbour --films 500',
  )
    .requiredOption('--out <folder>', 'folder to write')
    .option('--films <n>', 'how many films, in place of the profile’s number')
    .option('--seed <text>', 'other films of the same site, in place of the profile’s seed')
    .option('--processes <n>', 'processes that draw side by side; default one per core')
    .option('--truth', 'also write each film without markers (clean/) and its lesion mask (masks/)')
    .action(
      action(async (output, file: string, options: MakeOptions) => {
        const drawn = await readProfile(file, options.films);
        const site = { ...drawn, seed: options.seed ?? drawn.seed };
        const processes = count('--processes', options.processes ?? String(availableParallelism()));
        const bars = makeBars(output);
        const bar = bars.add(site.name, site.films);
        const started = performance.now();
        const films = await writeSite(site, options.out, {
          truth: options.truth ?? false,
          processes: Math.min(processes, site.films),
          onFilm: (written) => bar.update(written, 'films'),
        });
        bars.stop();
        const rate = Math.round((10_000 * films) / (performance.now() - started)) / 10;
        output.result(
          { folder: options.out, films, filmsPerSecond: rate },
          `${films} films in ${options.out}, ${rate} a second`,
        );
      }),
    );
}

function registerSheet(phantom: Command): void {
  addVerb(
    phantom,
    'sheet <profile>',
    'Draw the first films of a site profile on one picture, markers framed',
    'sidemark phantom sheet libs/phantom/sites/harbour.json --out harbour.png',
  )
    .requiredOption('--out <file>', 'PNG to write')
    .option('--films <n>', 'how many films', '20')
    .option('--columns <n>', 'films in a row', '5')
    .action(
      action(async (output, file: string, options: SheetOptions) => {
        const site = await readProfile(file, options.films);
        const columns = count('--columns', options.columns);
        const { tiles, rows } = await drawTiles(site);
        await writeFile(options.out, await contactSheet(tiles, columns, 300));
        output.result(
          { file: options.out, films: rows.length },
          `${table(['film', 'class', 'sex', 'markers'], rows)}\nwritten to ${options.out}`,
        );
      }),
    );
}

function registerMark(phantom: Command): void {
  addVerb(
    phantom,
    'mark <profile>',
    'Draw a profile’s markers on films that exist, and list them beside the markers the films bear already',
    'sidemark phantom mark training/profiles/wide.json --films DIR --markers DIR/markers.json --out marked',
  )
    .requiredOption('--films <folder>', 'folder of the films')
    .requiredOption('--markers <file>', 'markers.json: which films, and the markers they bear')
    .requiredOption('--out <folder>', 'folder to write')
    .option('--sites <names>', 'only films of these sites, separated by commas')
    .option('--copies <n>', 'marked copies of each film', '1')
    .action(
      action(async (output, file: string, options: MarkVerbOptions) => {
        const bars = makeBars(output);
        const bar = bars.add('marking', 1);
        const films = await markFilms(await readProfile(file, undefined), {
          films: options.films,
          markers: options.markers,
          ...(options.sites === undefined ? {} : { sites: options.sites.split(',') }),
          copies: count('--copies', options.copies),
          out: options.out,
          onFilm: (written, of) => {
            bar.total(of);
            bar.update(written, 'films');
          },
        });
        bars.stop();
        output.result({ folder: options.out, films }, `${films} films in ${options.out}`);
      }),
    );
}

async function drawTiles(site: SiteProfile): Promise<{ tiles: Tile[]; rows: string[][] }> {
  const tiles: Tile[] = [];
  const rows: string[][] = [];
  for await (const one of cohort(site)) {
    const glyphs = one.markers.map(({ glyph, piece }) => `${glyph} (${piece.look})`).join(', ');
    rows.push([one.fileName, one.class, one.sex, glyphs || 'none']);
    tiles.push({
      pixels: eightBits(one.film),
      width: site.film.side,
      height: site.film.side,
      caption: `${one.class} · ${one.protocol ?? 'no markers'} · ${one.sex}`,
      boxes: one.markers.map(({ box }) => ({ ...box, colour: '#4dd0e1' })),
    });
  }
  return { tiles, rows };
}

async function readProfile(file: string, films: string | undefined): Promise<SiteProfile> {
  const written = (await readJson(file)) as object;
  try {
    return siteProfile(films === undefined ? written : { ...written, films: count('--films', films) });
  } catch (error) {
    throw usageError(`${file}: ${(error as Error).message}`);
  }
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw usageError(`${option} is a positive whole number, not ${text}`);
  return value;
}
