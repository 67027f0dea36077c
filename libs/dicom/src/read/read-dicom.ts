// One file in, one film out: where the data set is, what its header says, its frame, its stored values, its film.
import { DicomRefusal } from '../refusal.ts';
import { type Film, filmOf } from '../values/film.ts';
import type { LookupTable } from '../values/lookup-table.ts';
import { type PixelLayout, requireLayout } from '../values/pixel-layout.ts';
import { type StoredValues, storedValues } from '../values/stored-values.ts';
import type { Voi } from '../values/voi.ts';
import { openFile } from './data-set.ts';
import { type DicomHeader, headerOf } from './header.ts';
import { pixelData } from './pixel-data.ts';
import { modalityTable, paletteOf, voisOf } from './tables.ts';

/**
 * A radiograph in modality order, bone white, and what the header says of it. `bitsStored` and `signed` are those of
 * the film, which differ from those of `stored` after a Modality LUT or a palette.
 */
export interface DicomImage extends Film, Omit<DicomHeader, 'bitsStored' | 'signed'> {
  /** stored values as the data set means them, before anything was done to them */
  stored: StoredValues;
  /** the Modality LUT that the film went through; without one, `rescale` holds */
  modalityTable: LookupTable | undefined;
  /** ways to show the film, the preferred one first: tables, then windows */
  vois: Voi[];
}

/**
 * Reads one single-frame radiograph in any syntax of TRANSFER_SYNTAXES; codecs are loaded when they are needed.
 * @param bytes a DICOM file: Part 10, or one that lacks preamble, meta or syntax and leaves no doubt
 * @throws DicomRefusal for everything that is not that; no other error leaves here
 */
export async function readDicom(bytes: Uint8Array): Promise<DicomImage> {
  const file = openFile(bytes);
  const { dataSet, syntax } = file;
  const header = headerOf(dataSet, syntax);
  if (header.frames > 1)
    throw new DicomRefusal('multi-frame', `Number of Frames (0028,0008) is ${header.frames}`);
  const layout = layoutOf(header);
  const tables = {
    modality: modalityTable(dataSet, header.signed),
    palette: header.photometric === 'PALETTE COLOR' ? paletteOf(dataSet) : undefined,
  };
  const frame = await syntax.decode({ ...pixelData(file), layout });
  const stored = storedValues(frame, layout, syntax.lossy);
  const vois = voisOf(dataSet, header.signed);
  return { ...header, ...filmOf(stored, header, tables), stored, modalityTable: tables.modality, vois };
}

function layoutOf(header: DicomHeader): PixelLayout {
  const { columns: width, rows: height, samplesPerPixel, planar } = header;
  const { bitsAllocated, bitsStored, highBit, signed } = header;
  const halfChroma = header.photometric === 'YBR_FULL_422';
  const cells = { bitsAllocated, bitsStored, highBit, signed };
  const layout = { width, height, samplesPerPixel, planar, halfChroma, ...cells };
  requireLayout(layout);
  return layout;
}
