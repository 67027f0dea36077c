// The film as a viewer shows it: modality values, one VOI, polarity (PS3.3 C.11, in this order). For people, not for models.
import type { DicomImage } from '../read/read-dicom.ts';
import { lookUp } from './lookup-table.ts';
import { type Voi, voiValue } from './voi.ts';

/**
 * @param voi one of `image.vois`; default the first, and without any the whole range of the values present
 * @returns row-major, in [0, 1], 1 is white; bone is white as in `image`
 */
export function displayed(image: DicomImage, voi: Voi | undefined = image.vois[0]): Float32Array {
  const values = modalityValues(image);
  const show = image.source === 'gray' && voi ? (value: number) => voiValue(voi, value) : fullRange(values);
  const lowIsWhite =
    image.source === 'gray' && (image.photometric === 'MONOCHROME1' || image.presentationShape === 'INVERSE');
  for (let i = 0; i < values.length; i++) {
    const shown = show(values[i]!);
    values[i] = lowIsWhite ? 1 - shown : shown;
  }
  return values;
}

/** In modality units: through the Modality LUT, or rescaled; the grey of a colour capture as it is. */
export function modalityValues({ source, stored, modalityTable, rescale, pixels }: DicomImage): Float32Array {
  if (source !== 'gray') return Float32Array.from(pixels);
  const values = new Float32Array(stored.samples.length);
  for (let i = 0; i < values.length; i++) {
    const value = stored.samples[i]!;
    values[i] = modalityTable ? lookUp(modalityTable, value) : rescale.slope * value + rescale.intercept;
  }
  return values;
}

function fullRange(values: Float32Array): (value: number) => number {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return (value) => (value - min) / (max - min);
}
