// A model as the pipeline runs it: bytes of the promised digest, inputs and outputs as its manifest says.
import { readFile, stat } from 'node:fs/promises';
import { classifierIssues, type Manifest, type Output } from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { guardModel, modelLimits, withOutputs } from '@sidemark/core/onnx';
import { sha256 } from '@sidemark/core/signing';
import type { LocalModel } from '../models/local-model.ts';
import { decodeTensor, type FloatTensor } from './element-types.ts';
import { feedsOf, type PatchPlanes, unsupportedInputs } from './inpainter-feeds.ts';
import { featuresOf, type MapMaker, openMapMaker } from './maps/map-maker.ts';
import { openSession, type OnnxSession } from './onnx.session.ts';

export type Semantic = Output['semantic'];

/** One output, in the order of the manifest. */
export interface ModelOutput extends FloatTensor {
  name: string;
  semantic: Semantic;
}

export interface LoadedModel<M extends Manifest = Manifest> {
  readonly manifest: M;
  /**
   * One image through the model.
   * @param planes beside the image, for an inpainter
   * @returns the outputs by what they mean
   */
  run(image: FloatTensor, planes?: PatchPlanes): Promise<Partial<Record<Semantic, FloatTensor>>>;
  /** The same as a list: a detector may have several outputs of one meaning, one a level. */
  runAll(image: FloatTensor, planes?: PatchPlanes): Promise<ModelOutput[]>;
  /** of a classifier whose activation maps are made of its features */
  readonly mapMaker?: MapMaker;
}

/** @throws DomainError `model-unloadable`, `model-map-unavailable`; what `guardModel` refuses, before onnxruntime sees a byte */
export async function loadModel<M extends Manifest>(model: LocalModel<M>): Promise<LoadedModel<M>> {
  const { manifest } = model;
  const refuse = (reason: string, cause?: unknown): DomainError =>
    new DomainError('model-unloadable', { model: `${manifest.name}@${manifest.version}`, reason }, { cause });
  const bytes = await modelBytes(model.path).catch((cause: unknown) => {
    throw isDomainError(cause) ? cause : refuse('the file cannot be opened', cause);
  });
  if (sha256(bytes) !== model.sha256) throw refuse('the bytes do not have the promised digest');
  guardModel(bytes, manifest);
  const contradiction = manifest.role === 'classifier' ? classifierIssues(manifest)[0] : undefined;
  if (contradiction !== undefined) throw refuse(contradiction);
  const mapMaker = manifest.role === 'classifier' ? await openMapMaker(bytes, manifest) : undefined;
  const outputs = givenOutputs(manifest);
  const inside = outputs.slice(manifest.outputs.length).map(({ name }) => name);
  const session = await openSession(withOutputs(bytes, inside)).catch((cause: unknown) => {
    throw refuse(`onnxruntime: ${firstLine(cause)}`, cause);
  });
  const mismatch = unsupported(manifest) ?? interfaceMismatch(manifest, session);
  if (mismatch !== undefined) throw refuse(mismatch);
  const runAll: LoadedModel['runAll'] = (image, planes) => run(manifest, outputs, session, image, planes);
  return {
    manifest,
    runAll,
    run: async (image, planes) =>
      Object.fromEntries((await runAll(image, planes)).map((output) => [output.semantic, output])),
    ...(mapMaker ? { mapMaker } : {}),
  };
}

/** A file beyond the limit is not read at all. @throws DomainError `model-too-large` */
async function modelBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > modelLimits.bytes) throw new DomainError('model-too-large', { limitBytes: modelLimits.bytes });
  return readFile(path);
}

/** The outputs of the manifest, and the features that maps are made of where they are not among them. */
function givenOutputs({ outputs, ...manifest }: Manifest): readonly Output[] {
  const features = manifest.role === 'classifier' ? featuresOf(manifest) : undefined;
  if (features === undefined || outputs.some(({ name }) => name === features)) return outputs;
  return [...outputs, { name: features, semantic: 'features' }];
}

async function run(
  manifest: Manifest,
  outputs: readonly Output[],
  session: OnnxSession,
  image: FloatTensor,
  planes: PatchPlanes = {},
): Promise<ModelOutput[]> {
  const results = await session.run(feedsOf(manifest, image, planes));
  return outputs.map(({ name, semantic }) => ({ name, semantic, ...decodeTensor(results[name]!) }));
}

/** What the manifest may say but this version of the pipeline cannot do. */
function unsupported(manifest: Manifest): string | undefined {
  if (manifest.input.image.intensity.from !== 'modality') return 'intensity from `voi` is not supported';
  return unsupportedInputs(manifest);
}

const needed: Record<Manifest['role'], readonly Semantic[]> = {
  // its manifest is checked against its variant as a whole
  detector: [],
  inpainter: ['inpainted'],
  classifier: [],
};

function interfaceMismatch(manifest: Manifest, session: OnnxSession): string | undefined {
  const { image, extra } = manifest.input;
  const inputs = [image, ...extra];
  for (const { name, dtype } of inputs) {
    const found = session.inputs.find((info) => info.name === name);
    if (!found) return `the model has no input ${name}`;
    if (found.type !== dtype)
      return `input ${name} is ${found.type ?? 'no tensor'}, the manifest says ${dtype}`;
  }
  const sizes = sizeMismatch(manifest, session);
  if (sizes !== undefined) return sizes;
  const surplus = session.inputs.find((info) => !inputs.some(({ name }) => name === info.name));
  if (surplus) return `the manifest does not name input ${surplus.name}`;
  for (const { name, semantic } of manifest.outputs) {
    const found = session.outputs.find((info) => info.name === name);
    if (!found) return `the model has no output ${name}`;
    if (!allowedOutput(semantic, found.type)) return `output ${name} is ${found.type ?? 'no tensor'}`;
    const promised = manifest.role === 'inpainter' ? manifest.decode.outDtype : undefined;
    if (semantic === 'inpainted' && found.type !== (promised ?? found.type))
      return `output ${name} is ${found.type ?? 'no tensor'}, the manifest says ${promised}`;
    if (semantic === 'inpainted' && !promised && found.type === 'uint8')
      return `output ${name} is uint8, which the manifest says with outDtype`;
  }
  const said = new Set(manifest.outputs.map(({ semantic }) => semantic));
  const missing = needed[manifest.role].find((semantic) => !said.has(semantic));
  if (missing) return `no output is said to be ${missing}`;
  if (manifest.role !== 'detector' && said.size < manifest.outputs.length)
    return 'two outputs are said to be the same';
  return undefined;
}

/** Sizes that the file fixes, and that the film will not be brought to. An inpainter's channels may hold more than it. */
function sizeMismatch({ role, input: { image } }: Manifest, { inputs }: OnnxSession): string | undefined {
  const shape = inputs.find(({ name }) => name === image.name)?.shape ?? [];
  const { h, w, dynamic } = image.size;
  const c = role === 'inpainter' ? '*' : image.channels;
  const sides = dynamic ? ['*', '*'] : [h, w];
  const fed = image.layout === 'NCHW' ? [1, c, ...sides] : [1, ...sides, c];
  const fits =
    shape.length === fed.length &&
    shape.every((side, i) => typeof side !== 'number' || side < 0 || fed[i] === '*' || side === fed[i]);
  if (fits) return undefined;
  return `input ${image.name} is [${shape.join(', ')}], the manifest feeds [${fed.join(', ')}]`;
}

function allowedOutput(semantic: Semantic, type: string | undefined): boolean {
  const whole = semantic === 'labels' || semantic === 'count' ? ['int32', 'int64', 'uint8'] : [];
  if (semantic === 'inpainted' && type === 'uint8') return true;
  return type !== undefined && ['float32', 'float16', 'float64', ...whole].includes(type);
}

/** onnxruntime's own words without the path of the file that some of them hold. */
function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return (message.split('\n')[0] ?? '').replace(/\/\S+/g, '…').slice(0, 300);
}
