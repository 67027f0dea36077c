import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ModelRole } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import { action, addVerb, table, usageError } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { readJson } from '../input/json-file.ts';
import { findModel } from '../input/lookup.ts';
import { administratorVerb } from '../input/verb.ts';
import { inspectModel } from '../model-inspection/inspect-model.ts';
import { inspectionText } from '../views/inspection.view.ts';
import { optionArguments, runApp } from './delegate.ts';

export function registerModel(program: Command): void {
  const model = program.command('model').description('ONNX models: looked at, tried, registered, signed');
  registerInspect(model);
  registerTrying(model);
  registerRegistry(model);
}

function registerInspect(model: Command): void {
  addVerb(
    model,
    'inspect <onnx>',
    'Look at an ONNX file without running it: tensors, verdict, and a manifest to fill in',
    'sidemark model inspect detector.onnx --out draft.json',
  )
    .option('--role <role>', 'detector, inpainter or classifier, where its shapes leave it open')
    .option('--out <file>', 'write the proposed manifest')
    .action(
      action(async (output, file: string, options: { role?: string; out?: string }) => {
        const role = ModelRole.optional().safeParse(options.role);
        if (!role.success) throw usageError(`--role is ${ModelRole.options.join(', ')}`);
        const found = inspectModel(await readModel(file), role.data);
        if (options.out !== undefined)
          await writeFile(options.out, `${JSON.stringify(found.manifest, null, 2)}\n`);
        output.result(found, inspectionText(found, options.out));
      }),
    );
}

/** Running a model is the agent's: it has the runtime and the processes that a model cannot get out of. */
function registerTrying(model: Command): void {
  const verb = (signature: string, description: string, example: string): Command =>
    addVerb(model, signature, description, example).requiredOption('--manifest <file>', 'its manifest');
  const pass = (name: string, files: string[], options: Record<string, string | boolean>): Promise<void> =>
    runApp('site-agent', ['model', name, ...files, ...optionArguments(dashed(options))]);
  verb(
    'try <onnx> <film>',
    'Run a model on one film on this machine, and draw what it gives',
    'sidemark model try detector.onnx film.dcm --manifest detector.json --out found.png',
  )
    .option('--out <file>', 'a PNG to write: boxes, the patches before and after, or the heat map')
    .option('--box <corners>', 'an inpainter: what to fill, x1,y1,x2,y2 in px of the film')
    .option('--detector <onnx>', 'an inpainter: what finds the marker to fill')
    .option('--detector-manifest <file>', 'the manifest of that detector')
    .action((onnx: string, film: string, options: Record<string, string | boolean>) =>
      pass('try', [onnx, film], options),
    );
  verb(
    'seal <onnx>',
    'Run a model on built-in pictures, and write its manifest with the answers that every site must get',
    'sidemark model seal detector.onnx --manifest draft.json --out detector.json',
  )
    .requiredOption('--out <file>', 'the manifest to write')
    .action((onnx: string, options: Record<string, string | boolean>) => pass('seal', [onnx], options));
}

/** Names as they were typed. */
function dashed(options: Record<string, string | boolean>): Record<string, string | boolean> {
  const name = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [name(key), value]));
}

async function readModel(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw usageError(`the file cannot be read: ${file}`);
  });
}

function registerRegistry(model: Command): void {
  administratorVerb<{ manifest: string }, [string]>(
    model,
    'register <onnx>',
    'Upload an ONNX file and register it under its manifest',
    'sidemark model register detector.onnx --manifest detector.json',
    async ({ output, connection, options }, file) => {
      const manifest = await readJson(options.manifest);
      const bytes = await readModel(file);
      await call(connection, 'uploadBlob', { params: { sha256: sha256(bytes) }, bytes });
      const made = await call(connection, 'registerModel', { body: { manifest } });
      output.result(made, `${made.role} ${made.name}@${made.version} registered: sha256 ${made.sha256}`);
    },
  ).requiredOption('--manifest <file>', 'its manifest, schema sidemark.model/1');
  administratorVerb<object, [string]>(
    model,
    'release <model>',
    'Sign a registered version with the release key',
    'sidemark model release marker-detector@1.0.0',
    async ({ output, connection }, ref) => {
      const found = await findModel(connection, ref);
      const released = await call(connection, 'releaseModel', { params: { sha256: found.sha256 } });
      output.result(released, `${released.name}@${released.version} is released`);
    },
  );
  administratorVerb(
    model,
    'list',
    'List model versions',
    'sidemark model list',
    async ({ output, connection }) => {
      const models = await call(connection, 'listModels');
      const rows = models.map((m) => [
        m.role,
        `${m.name}@${m.version}`,
        m.state,
        `${Math.ceil(m.sizeBytes / 1024)}`,
        m.sha256.slice(0, 12),
      ]);
      output.result(
        models,
        table(['role', 'model', 'state', 'KiB', 'sha256'], rows, ['left', 'left', 'left', 'right']),
      );
    },
  );
}
