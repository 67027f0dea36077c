// `sidemark pack answer`: the reference answers of a pack, computed where the trial office is, by the agent's own code.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type FilmAnswer, Manifest, ProtocolDocument, readWith } from '@sidemark/core/contract';
import { action, addVerb, table, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { answerPack } from '../pipeline/pack/answer-pack.ts';
import { layOutPack } from './lay-out-pack.ts';

interface AnswerOptions {
  readonly protocol: string;
  readonly models: string;
}

export function registerPackCommands(program: Command): void {
  const pack = program.command('pack').description('Qualification packs: phantoms with known answers');
  addVerb(
    pack,
    'answer <pack>',
    'Evaluate the films of a pack here, as a site would',
    'sidemark pack answer phantoms.pack --protocol protocol.json --models models --json',
  )
    .requiredOption('--protocol <file>', 'protocol document')
    .requiredOption('--models <folder>', 'SHA256.onnx and SHA256.json (manifest) of every model it names')
    .action(action((output, file: string, options: AnswerOptions) => answer(output, file, options)));
}

async function answer(output: Output, file: string, options: AnswerOptions): Promise<void> {
  const parsed = readWith(ProtocolDocument, await jsonOf(options.protocol));
  if (!parsed.success) throw usageError(`no protocol document: ${options.protocol}`);
  const protocol = parsed.data;
  const models = await modelsOf(protocol, resolve(options.models));
  const folder = await mkdtemp(join(tmpdir(), 'sidemark-pack-'));
  try {
    const bytes = await readFile(file).catch(() => {
      throw usageError(`the file cannot be read: ${file}`);
    });
    const films = await layOutPack(bytes, folder);
    const { workers } = loadConfig({});
    const answers = await answerPack({ protocol, models, folder, films, workers });
    output.result(answers, textOf(answers));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function modelsOf(
  { detector, inpainter, classifiers }: ProtocolDocument,
  folder: string,
): Promise<LocalModels> {
  const local = async (sha256: string): Promise<LocalModel> => {
    const manifest = readWith(Manifest, await jsonOf(join(folder, `${sha256}.json`)));
    if (!manifest.success) throw usageError(`no manifest: ${join(folder, `${sha256}.json`)}`);
    return { sha256, path: join(folder, `${sha256}.onnx`), manifest: manifest.data };
  };
  const all = await Promise.all(
    [detector, inpainter, ...classifiers.map(({ model }) => model)].map(({ sha256 }) => local(sha256)),
  );
  const [first, second, ...rest] = all;
  return { detector: first, inpainter: second, classifiers: rest } as LocalModels;
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw usageError(`the file cannot be read: ${file}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw usageError(`not JSON: ${file}`);
  }
}

function textOf(answers: readonly FilmAnswer[]): string {
  const rows = answers.map((one) =>
    one.kind === 'skipped'
      ? [one.film, one.reason, '', '']
      : [one.film, 'answered', String(one.boxes.length), String(one.logits.flat(2).length)],
  );
  return table(['film', 'state', 'markers', 'logits'], rows, ['left', 'left', 'right', 'right']);
}
