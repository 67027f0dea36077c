// The only file that knows sharp: the bytes of a PNG, JPEG or DICOM file as one grey film, or the reason why not.
import type { SkipReason } from '@sidemark/core/contract';
import { type GrayImage, grayImage, range } from '@sidemark/core/imaging';
import {
  type DicomImage,
  DicomRefusal,
  type DicomRefusalCode,
  looksLikeDicom,
  MAX_PIXELS,
  readDicom,
} from '@sidemark/dicom';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { reachesItsEnd } from './film-end.ts';

// one image at a time on one core: the children are the parallelism
sharp.concurrency(1);
sharp.cache(false);

/** No radiograph has more; a file that declares more is refused before anything is decoded. */
export const maxFilmPixels = MAX_PIXELS;

/** A film and, of DICOM, what its header says of how it hangs. */
export type Film = GrayImage &
  Partial<Pick<DicomImage, 'viewPosition' | 'patientOrientation' | 'laterality' | 'bodyPart'>>;

export type FilmKind = 'png' | 'jpeg' | 'dicom';

/** A file that gives no film; `reason` is what the report counts. */
export class FilmRefusal extends Error {
  constructor(
    readonly reason: SkipReason,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'FilmRefusal';
  }
}

const dicomReasons: Record<DicomRefusalCode, SkipReason> = {
  'not-dicom': 'unreadable',
  'unsupported-transfer-syntax': 'unsupported-syntax',
  'no-pixel-data': 'unreadable',
  'multi-frame': 'multi-frame',
  'unsupported-photometric': 'unsupported-syntax',
  truncated: 'truncated',
  'decode-failed': 'unreadable',
  'constant-image': 'constant-image',
  'bad-geometry': 'bad-geometry',
  'bad-lookup-table': 'unreadable',
};

/** What the report counts a refused DICOM file as. */
export const skipReasonOf = (code: DicomRefusalCode): SkipReason => dicomReasons[code];

/** What the first bytes say; file names are not trusted. */
export function filmKind(bytes: Uint8Array): FilmKind | undefined {
  const starts = (...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  return looksLikeDicom(bytes) ? 'dicom' : undefined;
}

/** Size in px, and what a DICOM header says of film, patient and machine: as written there, if at all. */
export interface InspectedFilm {
  width: number;
  height: number;
  view?: string | undefined;
  sex?: string | undefined;
  /** e.g. 054Y */
  age?: string | undefined;
  manufacturer?: string | undefined;
}

/**
 * Header check of one file. PNG and JPEG: the header, and that the file was not cut; DICOM: all of it.
 * @returns its size, px, and what a DICOM header names
 * @throws FilmRefusal
 */
export async function inspectFilm(bytes: Uint8Array): Promise<InspectedFilm> {
  const kind = requireKind(bytes);
  if (kind !== 'dicom') {
    const { width, height } = await headerOf(open(bytes));
    if (!reachesItsEnd(kind, bytes))
      throw new FilmRefusal('truncated', 'the file ends before its image does');
    return { width, height };
  }
  const { width, height, viewPosition: view, sex, age, manufacturer } = await dicomFilm(bytes);
  return { width, height, view, sex, age, manufacturer };
}

/**
 * One film in its native integers: 8 or 16 bits for PNG, 8 for JPEG, Bits Stored for DICOM. Colour becomes grey.
 * @throws FilmRefusal for everything else, and for a film of one value
 */
export async function readFilm(bytes: Uint8Array): Promise<Film> {
  if (requireKind(bytes) === 'dicom') return dicomFilm(bytes);
  const film = await rasterFilm(bytes);
  const { min, max } = range(film.pixels);
  if (min === max) throw new FilmRefusal('constant-image', `every value is ${min}`);
  return film;
}

/**
 * A ground-truth mask: an 8-bit PNG, row-major, non-zero = lesion. One value all over is a truth like any other.
 * @throws FilmRefusal for everything else
 */
export async function readMask(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  if (requireKind(bytes) !== 'png') throw new FilmRefusal('unsupported-syntax', 'a mask is a PNG');
  if ((await headerOf(open(bytes))).depth !== 'uchar')
    throw new FilmRefusal('unsupported-syntax', 'a mask has 8 bits');
  const { width, height, pixels } = await rasterFilm(bytes);
  const inside = new Uint8Array(pixels.length);
  for (let i = 0; i < inside.length; i++) if (pixels[i] !== 0) inside[i] = 1;
  return { width, height, pixels: inside };
}

function requireKind(bytes: Uint8Array): FilmKind {
  const kind = filmKind(bytes);
  if (kind) return kind;
  throw new FilmRefusal('unsupported-syntax', 'neither PNG, JPEG nor DICOM');
}

/** One DICOM film with what its header says. @throws FilmRefusal */
export async function dicomFilm(bytes: Uint8Array): Promise<DicomImage> {
  try {
    return await readDicom(bytes);
  } catch (cause) {
    if (!(cause instanceof DicomRefusal)) throw cause;
    throw new FilmRefusal(skipReasonOf(cause.code), cause.code, { cause });
  }
}

/** Embedded colour profiles would change stored values, so they are ignored. The header's size is checked first. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { ignoreIcc: true, limitInputPixels: maxFilmPixels });
}

async function headerOf(image: Sharp): Promise<Metadata> {
  try {
    return await image.metadata();
  } catch (cause) {
    throw unreadable(cause);
  }
}

async function rasterFilm(bytes: Uint8Array): Promise<GrayImage> {
  const image = open(bytes);
  const { depth, space } = await headerOf(image);
  const wide = depth === 'ushort';
  const grey = space === 'b-w' || space === 'grey16';
  // without these spaces sharp gives three 8-bit channels, and no error
  const native = image
    .removeAlpha()
    .toColourspace(wide ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb');
  const { data, info } = await native
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw unreadable(cause);
    });
  const samples = wide ? new Uint16Array(new Uint8Array(data).buffer) : new Uint8Array(data);
  return grayImage(info.width, info.height, toGrey(samples, info.channels), wide ? 16 : 8);
}

/** Equal channels stay as they are; true colour becomes luma (ITU-R BT.601), rounded. */
function toGrey<T extends Uint8Array | Uint16Array>(samples: T, channels: number): T {
  if (channels === 1) return samples;
  const grey = samples.slice(0, samples.length / channels) as T;
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    const [r, g, b] = [samples[at]!, samples[at + 1]!, samples[at + 2]!];
    grey[i] = r === g && g === b ? r : Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return grey;
}

function unreadable(cause: unknown): FilmRefusal {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/pixel limit/i.test(message))
    return new FilmRefusal('bad-geometry', `it declares more than ${maxFilmPixels} pixels`, { cause });
  const cut =
    /premature|truncat|unexpected end|end of (file|stream|image)|not enough|read error|out of order/i.test(
      message,
    );
  return new FilmRefusal(cut ? 'truncated' : 'unreadable', 'sharp cannot decode it', { cause });
}
