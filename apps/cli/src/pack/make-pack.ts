// A qualification pack for a recipe: films drawn, those near a decision left out, the others answered by the agent's own
// code on this machine.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FilmAnswer,
  type Manifest,
  type PackBox,
  type PackReference,
  type ProtocolDocument,
  recipeOf,
} from '@sidemark/core/contract';
import { digestOf, sha256 } from '@sidemark/core/signing';
import { z } from 'zod';
import { outputOfApp } from '../commands/delegate.ts';
import type { DrawnFilm } from './draw-films.ts';

type Answered = Extract<FilmAnswer, { kind: 'answered' }>;

/** A score this close to the cut may fall on the other side of it elsewhere. */
const margin = 0.1;
/** The hole is the dilated box; what lies this far around it is compared bit for bit. */
const around = { px: 32, share: 0.6 };

export interface PackModel {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

export interface MadePack {
  readonly bytes: Uint8Array;
  readonly reference: PackReference;
  /** drawn, and left out because a marker's score lies near the cut or the film was not answered */
  readonly leftOut: number;
}

/**
 * @param films drawn films, more than wanted
 * @param scratch folder of this call alone
 * @throws RangeError when fewer than four films, or films of one class only, can be kept
 */
export async function makePack(
  document: ProtocolDocument,
  models: readonly PackModel[],
  films: readonly DrawnFilm[],
  wanted: number,
  scratch: string,
): Promise<MadePack> {
  const folder = await writeModels(models, join(scratch, 'models'));
  const cut = document.maskPolicy.scoreThreshold ?? cutOf(models);
  const loose = { ...document, maskPolicy: { ...document.maskPolicy, scoreThreshold: cut - margin } };
  const seen = await answersFor(loose, packOf(films, []), folder, scratch);
  const clear = films.filter((_, i) => isClear(seen[i], cut));
  const kept = evenly(clear, wanted);
  if (kept.length < 4)
    throw new RangeError(`only ${kept.length} films lie clear of every decision: draw more`);
  if (new Set(kept.map(({ positive }) => positive)).size < 2)
    throw new RangeError('the films of the pack are all of one class: draw more');
  const boxes = kept.map((film) => boxesOf(seen[films.indexOf(film)]!));
  const bytes = packOf(kept, boxes);
  const reference: PackReference = {
    schema: 'sidemark.pack-reference/1',
    pack: sha256(bytes),
    recipe: digestOf(recipeOf(document)),
    positive: kept.map(({ positive }) => positive),
    films: await answersFor(document, bytes, folder, scratch),
  };
  return { bytes, reference, leftOut: films.length - clear.length };
}

function cutOf(models: readonly PackModel[]): number {
  const detector = models.map(({ manifest }) => manifest).find(({ role }) => role === 'detector');
  return detector?.role === 'detector' ? detector.thresholds.score : 0.5;
}

function isClear(answer: FilmAnswer | undefined, cut: number): boolean {
  return answer?.kind === 'answered' && answer.boxes.every(({ score }) => score >= cut + margin);
}

/** As many of either class as there are. */
function evenly(films: readonly DrawnFilm[], wanted: number): DrawnFilm[] {
  const half = Math.ceil(wanted / 2);
  const negatives = films.filter(({ positive }) => !positive).slice(0, half);
  const positives = films.filter(({ positive }) => positive).slice(0, wanted - negatives.length);
  return films.filter((film) => negatives.includes(film) || positives.includes(film));
}

function boxesOf(answer: FilmAnswer): PackBox[] {
  return (answer as Answered).boxes.map(({ x1, y1, x2, y2 }) => {
    const dx = around.px + around.share * (x2 - x1);
    const dy = around.px + around.share * (y2 - y1);
    const at = (value: number): number => Math.max(0, Math.round(value));
    return { x1: at(x1 - dx), y1: at(y1 - dy), x2: at(x2 + dx), y2: at(y2 + dy) };
  });
}

function packOf(films: readonly DrawnFilm[], boxes: readonly PackBox[][]): Uint8Array {
  const entries = films.map(({ name, dicom }, i) => ({
    name,
    dicom: Buffer.from(dicom).toString('base64'),
    around: boxes[i] ?? [],
  }));
  return Buffer.from(JSON.stringify({ schema: 'sidemark.pack/1', films: entries }));
}

async function writeModels(models: readonly PackModel[], folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const { bytes, manifest } of models) {
    await writeFile(join(folder, `${manifest.sha256}.onnx`), bytes);
    await writeFile(join(folder, `${manifest.sha256}.json`), JSON.stringify(manifest));
  }
  return folder;
}

async function answersFor(
  document: ProtocolDocument,
  pack: Uint8Array,
  models: string,
  scratch: string,
): Promise<FilmAnswer[]> {
  const [packFile, protocolFile] = [join(scratch, 'films.pack'), join(scratch, 'protocol.json')];
  await writeFile(packFile, pack);
  await writeFile(protocolFile, JSON.stringify(document));
  const args = ['pack', 'answer', packFile, '--protocol', protocolFile, '--models', models, '--json'];
  const out = await outputOfApp('the pack', 'site-agent', args);
  return z.array(FilmAnswer).parse(JSON.parse(out));
}
