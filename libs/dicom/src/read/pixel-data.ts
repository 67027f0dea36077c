// Pixel Data (7FE0,0010) of one frame: as one piece, or put together from its fragments (PS3.5 section A.4).
import dicomParser from 'dicom-parser';
import { DicomRefusal } from '../refusal.ts';
import { type OpenedFile, refusalOf } from './data-set.ts';
import { TAG } from './tags.ts';

/**
 * @returns the bytes, and the value representation where the file names it
 * @throws DicomRefusal truncated, decode-failed
 */
export function pixelData({ dataSet, syntax, stream }: OpenedFile): {
  bytes: Uint8Array;
  vr: string | undefined;
} {
  const element = dataSet.elements[TAG.PixelData]!;
  const whole = dataSet.byteArray;
  if (!syntax.encapsulated) {
    if (element.hadUndefinedLength)
      throw new DicomRefusal('decode-failed', 'Pixel Data is in fragments, its syntax is not');
    const end = element.dataOffset + element.length;
    if (end > whole.length)
      throw new DicomRefusal(
        'truncated',
        `Pixel Data must hold ${element.length} bytes: ${whole.length - element.dataOffset}`,
      );
    return { bytes: whole.subarray(element.dataOffset, end), vr: element.vr };
  }
  if (!element.hadUndefinedLength)
    throw new DicomRefusal('decode-failed', 'Pixel Data is not in fragments, as its syntax says');
  try {
    dicomParser.findEndOfEncapsulatedElement(stream, element);
  } catch (cause) {
    throw refusalOf(cause);
  }
  const fragments = (element.fragments ?? []).map(({ position, length }) =>
    whole.subarray(position, position + length),
  );
  if (fragments.length === 0) throw new DicomRefusal('no-pixel-data', 'Pixel Data has no fragment');
  return { bytes: fragments.length === 1 ? fragments[0]! : Buffer.concat(fragments), vr: element.vr };
}
