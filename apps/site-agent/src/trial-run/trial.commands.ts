// `sidemark model try|seal`: a model on this machine, before anybody registers it. Nothing leaves.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Canary, DetectorManifest } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { Box } from '@sidemark/core/imaging';
import { action, addVerb, type Output, usageError } from '@sidemark/terminal';
import type { Command } from 'commander';
import { checkCanaries } from '../inference/check-canaries.ts';
import type { LocalModel } from '../models/local-model.ts';
import { askChild } from './ask-child.ts';
import { type ModelOnTrial, modelOnTrial } from './manifest-file.ts';
import { trialText } from './trial.view.ts';

interface TryOptions {
  manifest: string;
  out?: string;
  box?: string;
  detector?: string;
  detectorManifest?: string;
}

export function registerTrialCommands(program: Command): void {
  const model = program.command('model').description('A model on this machine, before it is registered');
  addVerb(
    model,
    'try <onnx> <film>',
    'Run a model on one film, and draw what it gives',
    'sidemark model try detector.onnx film.dcm --manifest detector.json --out found.png',
  )
    .requiredOption('--manifest <file>', 'its manifest')
    .option('--out <file>', 'a PNG to write')
    .option('--box <corners>', 'an inpainter: what to fill, x1,y1,x2,y2 in px of the film')
    .option('--detector <onnx>', 'an inpainter: what finds the marker to fill')
    .option('--detector-manifest <file>', 'the manifest of that detector')
    .action(
      action((output, onnx: string, film: string, options: TryOptions) =>
        tryOnFilm(output, onnx, film, options),
      ),
    );
  addVerb(
    model,
    'seal <onnx>',
    'Run a model on built-in pictures, and write its manifest with the answers',
    'sidemark model seal detector.onnx --manifest draft.json --out detector.json',
  )
    .requiredOption('--manifest <file>', 'the draft')
    .requiredOption('--out <file>', 'the manifest to write')
    .action(
      action((output, onnx: string, options: { manifest: string; out: string }) =>
        seal(output, onnx, options),
      ),
    );
}

async function tryOnFilm(output: Output, onnx: string, film: string, options: TryOptions): Promise<void> {
  const { model, sealed } = await modelOnTrial(onnx, options.manifest);
  const run = {
    model,
    film: resolve(film),
    ...(options.out === undefined ? {} : { out: resolve(options.out) }),
    ...(model.manifest.role === 'inpainter' ? await placeOf(options) : {}),
  };
  if (sealed) await checkCanaries([model]);
  const answer = await askChild({ tried: run }, nameOf(model));
  if (!('trial' in answer)) throw new DomainError('inference-failed', { reason: 'no answer' });
  output.result(
    { ...answer.trial, canaries: sealed ? 'pass' : 'none' },
    `${trialText(answer.trial, options.out)}\n${sealed ? 'The canaries pass.' : 'No canaries yet: sidemark model seal.'}`,
  );
}

/** Where an inpainter is to fill. */
async function placeOf({
  box,
  detector,
  detectorManifest,
}: TryOptions): Promise<{ box: Box } | { detector: LocalModel<DetectorManifest> }> {
  if (box !== undefined) return { box: boxFrom(box) };
  if (detector === undefined || detectorManifest === undefined)
    throw usageError('an inpainter needs --box, or --detector with --detector-manifest');
  const { model } = await modelOnTrial(detector, detectorManifest);
  const { manifest } = model;
  if (manifest.role !== 'detector') throw usageError(`--detector is a ${manifest.role}`);
  return { detector: { ...model, manifest } };
}

function boxFrom(text: string): Box {
  const [x1, y1, x2, y2, ...more] = text.split(',').map(Number);
  const box = { x1: x1!, y1: y1!, x2: x2!, y2: y2! };
  const whole = Object.values(box).every(Number.isFinite) && more.length === 0;
  if (!whole || !(box.x2 > box.x1 && box.y2 > box.y1))
    throw usageError('--box is x1,y1,x2,y2 in px of the film, x2 and y2 beyond x1 and y1');
  return box;
}

async function seal(output: Output, onnx: string, options: { manifest: string; out: string }): Promise<void> {
  const { model }: ModelOnTrial = await modelOnTrial(onnx, options.manifest);
  const answer = await askChild({ sealed: model }, nameOf(model));
  if (!('canary' in answer)) throw new DomainError('inference-failed', { reason: 'no answer' });
  const canary: Canary[] = answer.canary;
  const manifest = { ...model.manifest, canary };
  await checkCanaries([{ ...model, manifest }]);
  await writeFile(resolve(options.out), `${JSON.stringify(manifest, null, 2)}\n`);
  output.result(
    { file: options.out, sha256: model.sha256, canaries: canary.length },
    `${nameOf(model)}: ${canary.length} canaries written to ${options.out}. Then: sidemark model register ${onnx} --manifest ${options.out}`,
  );
}

const nameOf = ({ manifest: { name, version } }: LocalModel): string => `${name}@${version}`;
