// node --import tsx scripts/models/verify.ts [FOLDER]: runs the canaries of every model of FOLDER/index.json here, and prints
// one JSON object a model. onnxruntime does not run inside jest, so the test starts this.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Manifest } from '@sidemark/core/contract';
import { canaryDifference } from './canary-difference.ts';

const folder = process.argv[2] ?? 'models';
const { models } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as {
  models: { name: string; file: string; sha256: string }[];
};
for (const { name, file, sha256 } of models) {
  const path = join(folder, file);
  const manifest = Manifest.parse(JSON.parse(await readFile(path.replace(/\.onnx$/, '.json'), 'utf8')));
  console.log(JSON.stringify({ name, ...(await canaryDifference({ sha256, path, manifest })) }));
}
