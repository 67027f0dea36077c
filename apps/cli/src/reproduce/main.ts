// `npm run reproduce`: the paper's experiment as a federation of drawn hospitals, and the page that it makes.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exitCodeOf, makeBars, makeOutput, type Output, usageError } from '@sidemark/terminal';
import { Federation } from '../demo/federation.ts';
import { radiographSites } from '../demo/radiograph-sites.ts';
import { makeWorkDirectory } from '../demo/work-directory.ts';
import { drawFilms } from '../pack/draw-films.ts';
import { readEvidence, type RunFacts } from './evidence.ts';
import { Experiment } from './experiment.ts';
import { reproductionOf } from './figures/reproduction.ts';
import { drawnHospitals, fixedSecret, profilesOf } from './hospitals.ts';
import { writePage } from './page/write-page.ts';
import { phantomRecipes, radiographRecipe } from './recipes.ts';
import { fullSize, quickSize, type Settings } from './settings.ts';
import { trainAnew } from './train-anew.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const help = `npm run reproduce -- [--quick] [--films N] [--radiographs FOLDER | --no-radiographs] [--out FOLDER]
                         [--bundles FOLDER | --from FOLDER] [--train]
  --quick               three hospitals, ${quickSize.films} films each, one seed: shows that all works, not what comes out
  --films N             of every hospital, in place of ${fullSize.films}
  --only NAMES          these protocols alone, separated by commas: seed-1 to seed-5, folds, fill-harmonic, ...
  --radiographs FOLDER  real films with a manifest.csv; default ../shared/data/radiographs when it is there
  --no-radiographs      no real films
  --out FOLDER          where reproduction.md, reproduction.json and images/reproduction/ go; default docs
  --bundles FOLDER      keep the bundle of every run there
  --from FOLDER         no run: lay the page out again from bundles that were kept
  --train               first train every model anew (training/run.sh all: Python 3.11, about two hours on two cores)`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    films: { type: 'string' },
    only: { type: 'string' },
    radiographs: { type: 'string' },
    'no-radiographs': { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'docs') },
    bundles: { type: 'string' },
    from: { type: 'string' },
    train: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Phantoms drawn for each that a pack needs: some lie too near a decision. */
const drawnPerFilm = 2.5;

function settingsOf(): Settings {
  const size = options.quick ? quickSize : fullSize;
  if (options.films === undefined) return size;
  const films = Number(options.films);
  if (!Number.isInteger(films) || films < 40) throw usageError('--films is a whole number from 40 on');
  return { ...size, films };
}

function radiographFolder(): string | undefined {
  if (options['no-radiographs']) return undefined;
  if (options.radiographs !== undefined) return options.radiographs;
  const usual = join(root, '..', 'shared/data/radiographs');
  return !options.quick && existsSync(join(usual, 'manifest.csv')) ? usual : undefined;
}

async function experiment(
  federation: Federation,
  settings: Settings,
  bundles: string,
  output: Output,
): Promise<void> {
  const { films, hospitals, packFilms } = settings;
  output.note(`Drawing ${films} films for each of ${hospitals.length} hospitals`);
  const starting = federation.startCoordinator();
  starting.catch(() => undefined);
  const sites = await drawnHospitals(settings, federation.dir, makeBars(output));
  const folder = join(federation.dir, 'pack-films');
  const wanted = Math.ceil(packFilms * drawnPerFilm);
  const drawn = await drawFilms(await profilesOf(settings), folder, wanted, () => undefined);
  await starting;
  const study = new Experiment(federation, output, bundles);
  await study.open('reproduction', 'Do side markers mislead classifiers?', sites);
  const wantedNames = options.only?.split(',');
  const recipes = (await phantomRecipes(settings)).filter(
    ({ draft }) => wantedNames?.includes(draft.name) ?? true,
  );
  if (recipes.length === 0) throw usageError(`--only names none of the protocols: ${options.only}`);
  for (const recipe of recipes) await study.run(recipe, { drawn, films: packFilms });
  const real = radiographFolder();
  if (real !== undefined) {
    const open = (await radiographSites(real)).map((site) => ({
      ...site,
      siteSecret: fixedSecret(site.name),
    }));
    await study.open('radiographs', 'What markers are on real films?', open);
    await study.run(await radiographRecipe());
  }
  study.close();
}

function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(usageError(`ended by ${signal}: nothing was written`)));
  });
}

/** @param dir scratch; gone afterwards */
async function gather(dir: string, bundles: string, output: Output): Promise<void> {
  const settings = settingsOf();
  const federation = new Federation(dir, Math.max(1, Math.floor(cpus().length / 2)));
  const started = performance.now();
  try {
    await Promise.race([experiment(federation, settings, bundles, output), interrupted()]);
  } finally {
    await federation.end();
  }
  const facts: RunFacts = {
    size: settings.name,
    films: settings.films,
    seeds: [...settings.seeds],
    minutes: Math.round((performance.now() - started) / 60_000),
    cores: cpus().length,
  };
  await writeFile(join(bundles, 'run.json'), `${JSON.stringify(facts)}\n`);
}

async function main(output: Output): Promise<void> {
  const dir = await makeWorkDirectory('reproduce');
  try {
    const bundles = options.from ?? options.bundles ?? join(dir, 'bundles');
    if (options.from === undefined) {
      await mkdir(bundles, { recursive: true });
      await gather(dir, bundles, output);
    }
    const all = reproductionOf(await readEvidence(bundles));
    const files = await writePage(all, options.out);
    const met = all.goals.filter((one) => one.met).length;
    output.note(
      `\n${met} of ${all.goals.length} goals met; ${files.length} files written, first ${files[0]}`,
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const output = makeOutput(false);
if (options.help) output.note(help);
else {
  try {
    if (options.train) await trainAnew(root, output);
    await main(output);
  } catch (error) {
    output.error(error);
    process.exitCode = exitCodeOf(error);
  }
}
