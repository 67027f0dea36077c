// node --import tsx scripts/models/seal.ts FILE.onnx DRAFT.json FOLDER: puts one trained model beside its manifest.
import { readFile } from 'node:fs/promises';
import { sealModel } from './seal-model.ts';

const [file, draft, folder] = process.argv.slice(2);
if (file === undefined || draft === undefined || folder === undefined) {
  console.error('usage: seal.ts FILE.onnx DRAFT.json FOLDER');
  process.exit(2);
}
console.log(await sealModel(file, JSON.parse(await readFile(draft, 'utf8')) as object, folder));
