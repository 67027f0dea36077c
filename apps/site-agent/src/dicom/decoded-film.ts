// What `sidemark dicom decode` says of a film: nothing that names a patient, and figures that another reader can compare.
import { faultsOf, judgeFilm } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { type DicomImage, storedBytes, TRANSFER_SYNTAXES } from '@sidemark/dicom';

export interface DecodedFilm {
  /** Transfer Syntax UID and its name */
  syntax: string;
  syntaxName: string;
  photometric: string;
  rows: number;
  cols: number;
  /** Bits Stored */
  bits: number;
  bitsAllocated: number;
  highBit: number;
  signed: boolean;
  /** of the stored values, before rescale, lookup table or inversion; all channels of a colour film */
  min: number;
  max: number;
  mean: number;
  /** of the stored values as 16-bit little endian, 8-bit where 8 bits are allocated; channels pixel by pixel */
  sha256: string;
  film: {
    source: DicomImage['source'];
    bits: number;
    inverted: boolean;
    paddedPixels: number;
    modalityLut: boolean;
    rescale: DicomImage['rescale'];
    /** VOI LUTs and windows that the file offers */
    vois: number;
    pixelAspect: number;
    overlay: boolean;
  };
  header: {
    modality: string | null;
    bodyPart: string | null;
    viewPosition: string | null;
    patientOrientation: string[];
    imageLaterality: string | null;
  };
  polarity: { verdict: string; score: number };
  orientation: { verdict: string };
  /** what the agent would flag, and exclude or correct only as a protocol says */
  faults: string[];
}

export function describeFilm(image: DicomImage): DecodedFilm {
  const { stored } = image;
  const { polarity, orientation } = judgeFilm(image, image);
  return {
    syntax: image.transferSyntax,
    syntaxName: TRANSFER_SYNTAXES.get(image.transferSyntax)?.name ?? '',
    photometric: image.photometric,
    rows: image.rows,
    cols: image.columns,
    bits: stored.bitsStored,
    bitsAllocated: image.bitsAllocated,
    highBit: image.highBit,
    signed: stored.signed,
    ...figures(stored.samples),
    sha256: sha256(storedBytes(stored)),
    film: {
      source: image.source,
      bits: image.bitsStored,
      inverted: image.inverted,
      paddedPixels: image.padded,
      modalityLut: image.modalityLut,
      rescale: image.rescale,
      vois: image.vois.length,
      pixelAspect: image.pixelAspect,
      overlay: image.overlay,
    },
    header: {
      modality: image.modality ?? null,
      bodyPart: image.bodyPart ?? null,
      viewPosition: image.viewPosition ?? null,
      patientOrientation: image.patientOrientation,
      imageLaterality: image.laterality ?? null,
    },
    polarity: { verdict: polarity.verdict, score: polarity.score },
    orientation: { verdict: orientation.verdict },
    faults: faultsOf({ polarity, orientation }),
  };
}

function figures(values: ArrayLike<number>): { min: number; max: number; mean: number } {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}

/** Rows of a table for people. */
export function filmRows(film: DecodedFilm): string[][] {
  const { header } = film;
  const notes = [
    film.film.inverted ? 'black and white were exchanged' : '',
    film.film.source === 'gray' ? '' : `made of ${film.film.source}`,
    film.film.modalityLut ? 'went through a Modality LUT' : '',
    film.film.paddedPixels > 0 ? `${film.film.paddedPixels} pixels of padding are black` : '',
    film.film.overlay ? 'an overlay is not shown' : '',
    film.film.pixelAspect === 1 ? '' : `pixels are ${film.film.pixelAspect} times as high as wide`,
  ].filter((note) => note !== '');
  return [
    ['syntax', `${film.syntaxName} (${film.syntax})`],
    ['photometric', film.photometric],
    ['rows x columns', `${film.rows} x ${film.cols}`],
    [
      'bits',
      `${film.bits} of ${film.bitsAllocated}, high bit ${film.highBit}${film.signed ? ', signed' : ''}`,
    ],
    ['stored values', `${film.min} to ${film.max}, mean ${film.mean.toFixed(2)}`],
    ['SHA-256 of them', film.sha256],
    ['film', notes.length > 0 ? notes.join('; ') : 'as stored'],
    [
      'view, orientation',
      [header.viewPosition ?? '-', header.patientOrientation.join('\\') || '-'].join(', '),
    ],
    ['polarity', `${film.polarity.verdict} (${film.polarity.score.toFixed(2)})`],
    ['orientation', film.orientation.verdict],
    ['faults', film.faults.join(', ') || 'none'],
  ];
}
