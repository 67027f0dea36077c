// What a patch becomes at the inputs of a model: image, masks and edges, each in a tensor of its own or all in one.
import type { ChannelRole, ExtraInput, InpainterManifest, Manifest } from '@sidemark/core/contract';
import { encodeTensor, type FloatTensor } from './element-types.ts';
import type { RawTensor } from './onnx.session.ts';

/** Planes of h x w beside the image; those that are absent are 0. */
export interface PatchPlanes {
  /** 1 = hole */
  holes?: Float32Array | undefined;
  /** 1 = edge */
  edges?: Float32Array | undefined;
  /** the image with the hole as it is, for channels that show it; absent: the image serves for both */
  kept?: FloatTensor | undefined;
}

/** The tensors to feed, by name of the input. */
export function feedsOf(
  manifest: Manifest,
  image: FloatTensor,
  planes: PatchPlanes,
): Record<string, RawTensor> {
  const { image: declared, extra } = manifest.input;
  const seen = isConcatenated(manifest) ? concatenated(manifest, image, planes) : image;
  const feeds = { [declared.name]: encodeTensor(seen, declared.dtype) };
  for (const input of extra) {
    feeds[input.name] = encodeTensor(planeTensor(input, planes, sizeOf(image, declared.layout)), input.dtype);
  }
  return feeds;
}

/** Only an inpainter takes more than the image, and says how. */
export function unsupportedInputs(manifest: Manifest): string | undefined {
  const { role, input } = manifest;
  if (input.image.channels === 3 && !input.image.replicateGray)
    return 'a film has one plane: 3 channels are fed with replicateGray only';
  if (role !== 'inpainter') return input.extra.length > 0 ? `a ${role} takes no extra input` : undefined;
  if (input.image.normalise.perImageZ) return 'perImageZ cannot be undone, so no inpainter takes it';
  if (isConcatenated(manifest))
    return input.extra.length > 0 ? 'a concatenated input takes no extra input' : undefined;
  const odd = input.extra.find(({ shape }) => !shape.includes('h') || !shape.includes('w'));
  return odd && `extra input ${odd.name} has no h or no w in its shape`;
}

function isConcatenated(manifest: Manifest): manifest is Concatenated {
  return manifest.role === 'inpainter' && manifest.decode.variant === 'concatenated';
}

type Concatenated = InpainterManifest & {
  decode: Extract<InpainterManifest['decode'], { variant: 'concatenated' }>;
};

interface Size {
  h: number;
  w: number;
}

function sizeOf({ dims }: FloatTensor, layout: 'NCHW' | 'NHWC'): Size {
  return layout === 'NCHW' ? { h: dims[2]!, w: dims[3]! } : { h: dims[1]!, w: dims[2]! };
}

/** A mask in the polarity that the model wants, or edges; repeated over the channels of its shape. */
function planeTensor(input: ExtraInput, planes: PatchPlanes, { h, w }: Size): FloatTensor {
  const known = input.known ?? (input.hole === 0 ? (input.dtype === 'uint8' ? 255 : 1) : 0);
  const plane = valued(input.kind === 'mask' ? planes.holes : planes.edges, h * w, input.hole, known);
  const sizes = { h, w, n: 1 };
  const dims = input.shape.map((side) => (typeof side === 'number' ? side : sizes[side]));
  const copies = dims.reduce((product, side) => product * side, 1) / plane.length;
  if (copies === 1) return { data: plane, dims };
  const data = new Float32Array(plane.length * copies);
  const interleaved = input.shape.at(-1) !== 'w';
  for (let i = 0; i < data.length; i++) {
    data[i] = plane[interleaved ? Math.floor(i / copies) : i % plane.length]!;
  }
  return { data, dims };
}

/** `on` where a plane is 1, `off` elsewhere. */
function valued(plane: Float32Array | undefined, length: number, on: number, off: number): Float32Array {
  const data = new Float32Array(length).fill(off);
  plane?.forEach((one, i) => {
    if (one === 1) data[i] = on;
  });
  return data;
}

/** One tensor of the declared channels. */
function concatenated({ input, decode }: Concatenated, image: FloatTensor, planes: PatchPlanes): FloatTensor {
  const { layout, channels: ofImage } = input.image;
  const { h, w } = sizeOf(image, layout);
  const { channels, hole = 1 } = decode;
  const known = decode.known ?? (hole === 0 ? 1 : 0);
  const seen: Partial<Record<ChannelRole, number>> = {};
  const data = new Float32Array(channels.length * h * w);
  channels.forEach((role, c) => {
    const k = seen[role] ?? 0;
    seen[role] = k + 1;
    const plane = (): Float32Array => {
      switch (role) {
        case 'masked-image':
          return channelOf(image, layout, k % ofImage, ofImage);
        case 'image':
          return channelOf(planes.kept ?? image, layout, k % ofImage, ofImage);
        case 'ones':
          return new Float32Array(h * w).fill(1);
        case 'mask':
          return valued(planes.holes, h * w, hole, known);
        case 'edge':
          return valued(planes.edges, h * w, 1, 0);
      }
    };
    place(data, plane(), layout, c, channels.length);
  });
  return { data, dims: layout === 'NCHW' ? [1, channels.length, h, w] : [1, h, w, channels.length] };
}

function channelOf({ data }: FloatTensor, layout: string, channel: number, of: number): Float32Array {
  const area = data.length / of;
  if (layout === 'NCHW') return data.subarray(channel * area, (channel + 1) * area);
  const plane = new Float32Array(area);
  for (let i = 0; i < area; i++) plane[i] = data[i * of + channel]!;
  return plane;
}

function place(data: Float32Array, plane: Float32Array, layout: string, channel: number, of: number): void {
  if (layout === 'NCHW') data.set(plane, channel * plane.length);
  else for (let i = 0; i < plane.length; i++) data[i * of + channel] = plane[i]!;
}
