// What one file of a folder is: a film with its properties, or the reason why it gives none. Nothing names the file.
import { Sha256, SkipReason } from '@sidemark/core/contract';
import {
  differenceHash,
  type HangingFacts,
  hangings,
  judgeFilm,
  polarities,
  viewOf,
} from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { DicomRefusal, readHeader, TRANSFER_SYNTAXES } from '@sidemark/dicom';
import { z } from 'zod';
import { type Film, filmKind, FilmRefusal, readFilm } from '../film/film.reader.ts';
import { readFilmFile } from '../film/film-file.reader.ts';
import { View } from '../registered-dataset.ts';

const text = z.string().max(200);

export const FilmFacts = z.strictObject({
  kind: z.literal('film'),
  syntax: text.describe('PNG, JPEG, or the transfer syntax of DICOM in words'),
  bits: z.int().min(1).max(32),
  width: z.int().min(1),
  height: z.int().min(1),
  declared: text.describe('photometric interpretation; empty where the format has none'),
  view: View,
  polarity: z.enum(polarities),
  hanging: z.enum(hangings),
  oneSided: z.boolean().describe('Image Laterality names one side on a frontal film of the chest'),
  overlay: z.boolean(),
  pixels: Sha256.describe('of the size and the pixels'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('difference hash'),
});
export type FilmFacts = z.infer<typeof FilmFacts>;

export const FileFacts = z.discriminatedUnion('kind', [
  FilmFacts,
  z.strictObject({ kind: z.literal('skipped'), syntax: text, reason: SkipReason, detail: text }),
]);
export type FileFacts = z.infer<typeof FileFacts>;

/** Never throws for what a file holds. */
export async function factsOfFile(path: string): Promise<FileFacts> {
  try {
    const bytes = await readFilmFile(path);
    return bytes ? await factsOf(bytes) : skipped('unknown', 'unreadable', 'it cannot be opened');
  } catch (error) {
    if (error instanceof FilmRefusal) return skipped('unknown', error.reason, error.message);
    return skipped('unknown', 'unreadable', 'it cannot be opened');
  }
}

async function factsOf(bytes: Uint8Array): Promise<FileFacts> {
  const header = headerFacts(bytes);
  try {
    const film = await readFilm(bytes);
    return { kind: 'film', ...header, ...filmFacts(film) };
  } catch (error) {
    if (error instanceof FilmRefusal) return skipped(header.syntax, error.reason, error.message);
    return skipped(header.syntax, 'unreadable', 'decoding fails');
  }
}

function skipped(syntax: string, reason: SkipReason, detail: string): FileFacts {
  return { kind: 'skipped', syntax, reason, detail: detail.slice(0, 200) };
}

/** What can be said without decoding. */
function headerFacts(bytes: Uint8Array): Pick<FilmFacts, 'syntax' | 'declared' | 'overlay'> {
  const kind = filmKind(bytes);
  if (kind !== 'dicom') {
    const syntax = kind ? kind.toUpperCase() : 'neither PNG, JPEG nor DICOM';
    return { syntax, declared: '', overlay: false };
  }
  try {
    const { transferSyntax, photometric, overlay } = readHeader(bytes);
    const name = TRANSFER_SYNTAXES.get(transferSyntax)?.name ?? 'another transfer syntax';
    return { syntax: `DICOM, ${name}`, declared: photometric, overlay };
  } catch (error) {
    if (!(error instanceof DicomRefusal)) throw error;
    return { syntax: 'DICOM', declared: '', overlay: false };
  }
}

function filmFacts(film: Film): Omit<FilmFacts, 'kind' | 'syntax' | 'declared' | 'overlay'> {
  const { width, height, bitsStored: bits, viewPosition = '', laterality = '', bodyPart = '' } = film;
  const { polarity, orientation } = judgeFilm(film, film satisfies HangingFacts);
  const frontal = orientation.verdict !== 'lateral' && /^(CHEST|THORAX)/i.test(bodyPart);
  return {
    bits,
    width,
    height,
    view: orientation.verdict === 'lateral' ? 'LATERAL' : viewOf(viewPosition),
    polarity: polarity.verdict,
    hanging: orientation.verdict,
    oneSided: frontal && /^[LR]$/i.test(laterality),
    pixels: pixelDigest(film),
    hash: differenceHash(film),
  };
}

/** Equal for equal pictures of one size, whatever their format, header or number of bits. */
function pixelDigest({ width, height, pixels }: Film): string {
  const words = Int32Array.from([width, height]);
  const values = new Int32Array(pixels.length);
  values.set(pixels);
  return sha256(Buffer.concat([Buffer.from(words.buffer), Buffer.from(values.buffer)]));
}
