// Values of interest: what a viewer would show of modality values (PS3.3 C.11.2). The pipeline works on films without it.
import { type LookupTable, lookUp } from './lookup-table.ts';

/** VOI LUT Function (0028,1056) */
export type WindowShape = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

export interface VoiWindow {
  kind: 'window';
  /** Window Center (0028,1050), modality units */
  center: number;
  /** Window Width (0028,1051), modality units; at least 1 when LINEAR, else positive */
  width: number;
  shape: WindowShape;
}

export interface VoiTable {
  kind: 'table';
  table: LookupTable;
}

/** One way to show the film; a data set may offer several. */
export type Voi = VoiWindow | VoiTable;

/**
 * @param value in modality units
 * @returns in [0, 1], before Presentation LUT Shape and MONOCHROME1
 */
export function voiValue(voi: Voi, value: number): number {
  if (voi.kind === 'table') return lookUp(voi.table, value) / (2 ** voi.table.bits - 1);
  const { center, width, shape } = voi;
  switch (shape) {
    // equations of C.11.2.1.3.1, C.11.2.1.2.1 and C.11.2.1.3.2, in this order
    case 'SIGMOID':
      return 1 / (1 + Math.exp((-4 * (value - center)) / width));
    case 'LINEAR':
      if (width <= 1) return value <= center - 0.5 ? 0 : 1;
      return clamped((value - (center - 0.5)) / (width - 1) + 0.5);
    case 'LINEAR_EXACT':
      return clamped((value - center) / width + 0.5);
  }
}

const clamped = (value: number): number => (value <= 0 ? 0 : value >= 1 ? 1 : value);
