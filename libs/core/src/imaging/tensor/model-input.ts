// A film as the tensor a model declares: intensity -> fit and resize -> pad -> normalise -> layout.
import { type Fit, type FitTransform, fitTransform, type RoundSize } from './fit.ts';
import type { GrayImage } from '../gray-image.ts';
import { intensityMap, type IntensityMap, type IntensitySpec, scaledRows } from './intensity.ts';
import { toBytes } from './quantise.ts';
import { type Interpolation, resizeRows, type ResizeRounding } from './resize.ts';

export interface NormaliseSpec {
  /** `(x * scale - mean) / std` */
  order: 'scale-mean-std';
  scale: number;
  /** one value, or one per channel */
  mean: readonly number[];
  std: readonly number[];
  /** z-score over the film's own resampled pixels (padding excluded) before scale, mean and std; default false */
  perImageZ?: boolean | undefined;
}

/** `input.image` of a model manifest, as far as pixel arithmetic needs it. */
export interface ModelInputSpec {
  /** dynamic: the film keeps its size, padded at the right and bottom to a multiple of `multipleOf` (h, w unused) */
  size: { h: number; w: number; dynamic?: boolean | undefined; multipleOf?: number | undefined };
  fit: Fit;
  interpolation: Interpolation;
  antialias: boolean;
  /** of bicubic; default -0.5 */
  cubic?: number | undefined;
  /** default none */
  resizeRounding?: ResizeRounding | undefined;
  roundSize: RoundSize;
  /** crop: of the resized film, px; default: it just fills the frame */
  shorterSide?: number | undefined;
  /** default: 0 before normalise */
  pad?: { value: number; stage: 'before-normalise' | 'after-normalise' } | undefined;
  intensity: IntensitySpec;
  normalise: NormaliseSpec;
  layout: 'NCHW' | 'NHWC';
  /** 1, or 3 with the grey plane replicated; mean and std are in the order of the tensor's channels, be it RGB or BGR */
  channels: 1 | 3;
  /** uint8: the tensor is made whole numbers of 0..255 by `intensity.rounding`; default float32 */
  dtype?: 'float32' | 'float16' | 'uint8' | undefined;
}

export interface ModelInput {
  /** length = product of dims */
  data: Float32Array;
  /** [1, c, h, w] or [1, h, w, c] */
  dims: number[];
  transform: FitTransform;
  /** native -> `intensity.out` as applied */
  intensity: IntensityMap;
}

/**
 * Builds the input tensor of one film.
 * @throws RangeError when the spec contradicts itself (missing percentiles, mean or std of another length, std 0)
 */
export function toModelInput(image: GrayImage, spec: ModelInputSpec): ModelInput {
  const { width, height, pixels, minValue: min, maxValue: max } = image;
  const intensity = intensityMap(pixels, spec.intensity, { min, max });
  const transform = geometry(image, spec);
  const { contentWidth, contentHeight, frameWidth: w, frameHeight: h } = transform;
  const rows = scaledRows(pixels, width, intensity, spec.intensity);
  const content = resizeRows(rows, width, height, contentWidth, contentHeight, spec, spec.resizeRounding);
  if (spec.normalise.perImageZ) standardise(content);
  const { channels, layout } = spec;
  const data = new Float32Array(w * h * channels);
  for (let c = 0; c < channels; c++) drawChannel(data, content, transform, spec, c);
  if (spec.dtype === 'uint8') toBytes(data, spec.intensity.rounding);
  return { data, dims: layout === 'NCHW' ? [1, channels, h, w] : [1, h, w, channels], transform, intensity };
}

function geometry(image: GrayImage, spec: ModelInputSpec): FitTransform {
  if (!spec.size.dynamic) return fitTransform(image, spec.size, spec.fit, spec.roundSize, spec.shorterSide);
  const multiple = spec.size.multipleOf ?? 1;
  const w = Math.ceil(image.width / multiple) * multiple;
  const h = Math.ceil(image.height / multiple) * multiple;
  const native = fitTransform(image, { h: image.height, w: image.width }, 'stretch');
  return { ...native, frameWidth: w, frameHeight: h };
}

function standardise(values: Float32Array): void {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  const mean = total / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  const variance = squares / values.length;
  const gain = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) * gain;
}

/** Padding, then the normalised content, into the places of one channel. */
function drawChannel(
  data: Float32Array,
  content: Float32Array,
  at: FitTransform,
  spec: ModelInputSpec,
  channel: number,
): void {
  const { gain, shift } = channelAffine(spec.normalise, channel, spec.channels);
  const pad = spec.pad ?? { value: 0, stage: 'before-normalise' };
  const padding = pad.stage === 'before-normalise' ? pad.value * gain + shift : pad.value;
  const area = at.frameWidth * at.frameHeight;
  // the place of pixel i: base + i * step
  const [base, step] = spec.layout === 'NCHW' ? [channel * area, 1] : [channel, spec.channels];
  if (step === 1) data.fill(padding, base, base + area);
  else for (let i = 0; i < area; i++) data[base + i * step] = padding;
  // a crop has negative offsets: only what falls inside the frame is drawn
  const left = Math.max(0, -at.offsetX);
  const right = Math.min(at.contentWidth, at.frameWidth - at.offsetX);
  const bottom = Math.min(at.contentHeight, at.frameHeight - at.offsetY);
  for (let y = Math.max(0, -at.offsetY); y < bottom; y++) {
    const from = y * at.contentWidth;
    let to = base + ((y + at.offsetY) * at.frameWidth + at.offsetX + left) * step;
    for (let x = left; x < right; x++, to += step) data[to] = content[from + x]! * gain + shift;
  }
}

/** Normalisation of one channel as `x * gain + shift`. @throws RangeError on a missing mean or a std of 0 */
export function channelAffine(
  spec: NormaliseSpec,
  channel: number,
  channels: number,
): { gain: number; shift: number } {
  const pick = (values: readonly number[], name: string): number => {
    if (values.length !== 1 && values.length !== channels) {
      throw new RangeError(`invalid ${name}; length must be 1 or ${channels}: ${values.length}`);
    }
    return values[values.length === 1 ? 0 : channel]!;
  };
  const mean = pick(spec.mean, 'mean');
  const std = pick(spec.std, 'std');
  if (std === 0) throw new RangeError('invalid std; must not be 0');
  return { gain: spec.scale / std, shift: -mean / std };
}
