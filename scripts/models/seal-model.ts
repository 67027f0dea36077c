// Puts a trained file beside its manifest. The draft holds what its author knows; the digest is measured here, and the
// canaries are what PyTorch answered when it wrote the file, so a site that passes them agrees with the framework.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Canary, Manifest } from '@sidemark/core/contract';
import { canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { canaryDifference } from './canary-difference.ts';

const RANGE: [number, number] = [0, 1];
const TOLERANCE = 2e-3;

type Answers = Record<Canary['pattern'], Canary['outputs']>;

/**
 * Copies `file` to `folder/NAME.onnx` and writes `folder/NAME.json`.
 * @param draft a manifest without digest and canaries
 * @throws Error when an agent would refuse it, as where onnxruntime answers otherwise than PyTorch did
 */
export async function sealModel(file: string, draft: object, folder: string): Promise<string> {
  const digest = sha256(await readFile(file));
  const answers = JSON.parse(await readFile(file.replace(/\.onnx$/, '.answers.json'), 'utf8')) as Answers;
  const { input } = draft as Pick<Manifest, 'input'>;
  const canary = Object.entries(answers).map(([pattern, outputs]) => {
    const { data } = canaryTensor(pattern as Canary['pattern'], input.image, RANGE);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { pattern, range: RANGE, inputSha256: sha256(bytes), outputs, atol: TOLERANCE, rtol: TOLERANCE };
  });
  const manifest = Manifest.parse({ ...draft, sha256: digest, canary });
  const { worst, failure } = await canaryDifference({ sha256: digest, path: file, manifest });
  if (failure) throw new Error(`an agent would refuse it: ${JSON.stringify(failure)}`);
  await mkdir(folder, { recursive: true });
  const base = join(folder, manifest.name);
  await copyFile(file, `${base}.onnx`);
  await writeFile(`${base}.json`, `${JSON.stringify(manifest, undefined, 1)}\n`);
  return `${base}.onnx  ${digest}  differs by ${worst.toExponential(1)} from PyTorch`;
}
