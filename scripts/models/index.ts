// node --import tsx scripts/models/index.ts [FOLDER]: writes FOLDER/index.json, which names every shipped model with its
// digests, its size and how far onnxruntime is from PyTorch on its canaries.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Manifest } from '@sidemark/core/contract';
import { digestOf, sha256 } from '@sidemark/core/signing';
import { canaryDifference } from './canary-difference.ts';

const folder = process.argv[2] ?? 'models';
const models: object[] = [];
for (const file of await manifestFiles(folder)) {
  const manifest = Manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const path = file.replace(/\.json$/, '.onnx');
  const bytes = await readFile(path);
  const { worst } = await canaryDifference({ sha256: sha256(bytes), path, manifest });
  models.push({
    name: manifest.name,
    version: manifest.version,
    role: manifest.role,
    file: relative(folder, path),
    bytes: bytes.length,
    sha256: sha256(bytes),
    manifestSha256: digestOf(manifest),
    differenceFromPyTorch: Number(worst.toPrecision(2)),
  });
}
await writeFile(
  join(folder, 'index.json'),
  `${JSON.stringify({ schema: 'sidemark.model-index/1', models }, undefined, 1)}\n`,
);
console.log(`${models.length} models in ${join(folder, 'index.json')}`);

/** Beside an ONNX file each, in the order of their paths. */
async function manifestFiles(root: string): Promise<string[]> {
  const all = await readdir(root, { recursive: true });
  return all
    .filter((name) => name.endsWith('.onnx'))
    .sort()
    .map((name) => join(root, name.replace(/\.onnx$/, '.json')));
}
