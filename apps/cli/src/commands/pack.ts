import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Protocol } from '@sidemark/core/contract';
import { siteProfile, type SiteProfile } from '@sidemark/phantom';
import { makeBars, table, usageError } from '@sidemark/terminal';
import type { Connection } from '../config.ts';
import { bytes, call } from '../coordinator.client.ts';
import { readJson } from '../input/json-file.ts';
import { findStudy } from '../input/lookup.ts';
import { administratorVerb } from '../input/verb.ts';
import { drawFilms } from '../pack/draw-films.ts';
import { makePack, type PackModel } from '../pack/make-pack.ts';

const profileFolder = new URL('../../../../libs/phantom/sites/', import.meta.url);
const usualProfiles = ['harbour', 'hillside', 'riverside'];
/** drawn for each film that is wanted: some lie near a decision */
const drawnPerFilm = 1.5;

interface MakeOptions {
  readonly study: string;
  readonly films: string;
  readonly profile?: string[];
}

export function registerPack(program: Command): void {
  const pack = program
    .command('pack')
    .description('Qualification packs: phantoms that every site of a run answers first');
  administratorVerb<MakeOptions, [string]>(
    pack,
    'make <protocol>',
    'Draw phantoms, answer them with the models of a drafted protocol, and register both',
    'sidemark pack make 2f0c4c1e-... --study markers-2026',
    async ({ output, connection, options }, id) => {
      const films = Number(options.films);
      if (!Number.isInteger(films) || films < 4 || films > 64)
        throw usageError('--films is a whole number from 4 to 64');
      const protocol = await protocolOf(connection, options.study, id);
      const scratch = await mkdtemp(join(tmpdir(), 'sidemark-pack-'));
      const bars = makeBars(output);
      try {
        const models = await modelsOf(connection, protocol);
        const drawing = bars.add('phantoms', Math.ceil(films * drawnPerFilm));
        const drawn = await drawFilms(
          await profilesOf(options.profile),
          join(scratch, 'films'),
          Math.ceil(films * drawnPerFilm),
          (count) => drawing.update(count, 'films'),
        );
        const made = await makePack(protocol.document, models, drawn, films, scratch);
        bars.stop();
        const { pack: sha256 } = made.reference;
        await call(connection, 'uploadBlob', { params: { sha256 }, bytes: made.bytes });
        const registered = await call(connection, 'registerPack', { body: made.reference });
        output.result(
          registered,
          `pack ${sha256} of ${registered.films} films registered (${made.leftOut} of ${drawn.length} drawn lay too near a decision)\n` +
            `A protocol asks for it with "qualification": "${sha256}"`,
        );
      } finally {
        bars.stop();
        await rm(scratch, { recursive: true, force: true });
      }
    },
  )
    .requiredOption('--study <study>', 'study name or id')
    .option('--films <n>', 'films of the pack, 4 to 64', '12')
    .option('--profile <file...>', 'site profiles to draw from; default: those of the demo');
  administratorVerb(
    pack,
    'list',
    'List qualification packs',
    'sidemark pack list',
    async ({ output, connection }) => {
      const packs = await call(connection, 'listPacks');
      const rows = packs.map((one) => [
        one.sha256.slice(0, 12),
        `${one.films}`,
        `${Math.ceil(one.sizeBytes / 1024)}`,
        one.recipe.slice(0, 12),
        one.createdAt,
      ]);
      output.result(
        packs,
        table(['pack', 'films', 'KiB', 'recipe', 'made'], rows, ['left', 'right', 'right', 'left', 'left']),
      );
    },
  );
}

async function protocolOf(connection: Connection, study: string, id: string): Promise<Protocol> {
  const { id: studyId } = await findStudy(connection, study);
  const protocols = await call(connection, 'listProtocols', { params: { id: studyId } });
  const found = protocols.find((one) => one.id === id);
  if (found === undefined) throw usageError(`no such protocol in this study: ${id}`);
  return found;
}

async function modelsOf(connection: Connection, { document }: Protocol): Promise<PackModel[]> {
  const { detector, inpainter, classifiers } = document;
  const registered = await call(connection, 'listModels');
  const wanted = [detector, inpainter, ...classifiers.map(({ model }) => model)];
  return Promise.all(
    wanted.map(async ({ sha256 }) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of await bytes(connection, 'modelBytes', { params: { sha256 } }))
        chunks.push(chunk);
      const manifest = registered.find((one) => one.sha256 === sha256)?.manifest;
      if (manifest === undefined) throw usageError(`a model of the protocol is not registered: ${sha256}`);
      return { bytes: Buffer.concat(chunks), manifest };
    }),
  );
}

async function profilesOf(files: readonly string[] | undefined): Promise<SiteProfile[]> {
  if (files !== undefined) return Promise.all(files.map(async (file) => siteProfile(await readJson(file))));
  return Promise.all(
    usualProfiles.map(async (name) =>
      siteProfile(JSON.parse(await readFile(new URL(`${name}.json`, profileFolder), 'utf8'))),
    ),
  );
}
