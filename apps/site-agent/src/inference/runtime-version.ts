// The versions of what computes: part of every report, and of what a journal is good for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Version } from '@sidemark/core/contract';
import { z } from 'zod';

const Package = z.object({ version: Version });

// beside its entry; the package does not export its package.json by that name everywhere
const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
export const onnxruntimeVersion = versionIn(join(dirname(runtime), '..', 'package.json'));

function versionIn(path: string): string {
  return Package.parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}
