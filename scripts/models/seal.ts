// node --import tsx scripts/models/seal.ts FILE.onnx DRAFT.json FOLDER: puts a trained model beside its manifest. The draft
// holds what its author knows; digest and canaries (what the model answers to the built-in patterns) are measured here.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Canary, Manifest } from '@sidemark/core/contract';
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';

const PATTERNS = ['plateau', 'ramp'] as const;
const RANGE: [number, number] = [0, 1];
const PLACES = 8;

const [file, draft, folder] = process.argv.slice(2);
if (file === undefined || draft === undefined || folder === undefined) {
  console.error('usage: seal.ts FILE.onnx DRAFT.json FOLDER');
  process.exit(2);
}

const digest = sha256(await readFile(file));
const canaryInput = (pattern: (typeof PATTERNS)[number], image: Manifest['input']['image']) =>
  canaryTensor(pattern, image, RANGE);
const written = JSON.parse(await readFile(draft, 'utf8')) as Manifest;
// a manifest without an answer is none: the first reading has one to be replaced
const empty: Canary = {
  pattern: 'ramp',
  range: RANGE,
  inputSha256: digest,
  outputs: {},
  atol: 0,
  rtol: 0,
};
const manifest = Manifest.parse({ ...written, sha256: digest, canary: [empty] });
const model = await loadModel({ sha256: digest, path: file, manifest });
const canary: Canary[] = [];
for (const pattern of PATTERNS) {
  const image = canaryInput(pattern, manifest.input.image);
  const answers = await model.run(image, canaryMask(manifest.input.image.size));
  const bytes = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const outputs: Canary['outputs'] = {};
  for (const { name, semantic } of manifest.outputs) {
    const data = answers[semantic]?.data;
    if (!data || semantic === 'features') continue;
    const indices = spread(data.length);
    outputs[name] = { indices, values: indices.map((i) => data[i]!) };
  }
  canary.push({ pattern, range: RANGE, inputSha256: sha256(bytes), outputs, atol: 2e-3, rtol: 2e-3 });
}
await mkdir(folder, { recursive: true });
const base = join(folder, manifest.name);
await copyFile(file, `${base}.onnx`);
await writeFile(`${base}.json`, `${JSON.stringify(Manifest.parse({ ...manifest, canary }), undefined, 2)}\n`);
console.log(`${base}.onnx  ${digest}`);

/** Few places over all of a tensor; all of a short one. */
function spread(length: number): number[] {
  const count = Math.min(PLACES, length);
  return Array.from({ length: count }, (_, k) => Math.floor((k * length) / count));
}
