import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sha256 } from '@sidemark/core/signing';
import { table, usageError } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { readJson } from '../input/json-file.ts';
import { findModel } from '../input/lookup.ts';
import { administratorVerb } from '../input/verb.ts';

export function registerModel(program: Command): void {
  const model = program.command('model').description('Versioned, signed ONNX models');
  administratorVerb<{ manifest: string }, [string]>(
    model,
    'register <onnx>',
    'Upload an ONNX file and register it under its manifest',
    'sidemark model register detector.onnx --manifest detector.json',
    async ({ output, connection, options }, file) => {
      const manifest = await readJson(options.manifest);
      const bytes = await readFile(file).catch(() => {
        throw usageError(`the file cannot be read: ${file}`);
      });
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
