// How a film hangs, from what its DICOM header says. Turns and mirroring are not judged from pixels: hearts lie on the
// right in some patients, and the letters of markers are read right about 7 times in 10.
import type { Turn } from './turn.ts';

export interface HangingFacts {
  /** View Position (0018,5101), or as a person wrote it */
  viewPosition?: string | undefined;
  /** Patient Orientation (0020,0020): where the rows run to, where the columns run to */
  patientOrientation?: readonly string[] | undefined;
  /** Body Part Examined (0018,0015) */
  bodyPart?: string | undefined;
}

export const hangings = [
  'upright',
  'mirrored',
  'rotated',
  'rotated-mirrored',
  'lateral',
  'undeclared',
] as const;
export type Hanging = (typeof hangings)[number];

export interface OrientationJudgement {
  verdict: Hanging;
  /** turns it upright: patient's head up, patient's left on the viewer's right (PS3.3 C.7.6.1.1.1) */
  turn: Turn;
}

export type FilmView = 'PA' | 'AP' | 'LATERAL' | 'UNKNOWN';

/** A view as people and DICOM write it (PA, AP supine, LL, LAT) as one of the four that a protocol can name. */
export function viewOf(text: string): FilmView {
  const word = text.trim().toUpperCase();
  if (/^PA\b/.test(word)) return 'PA';
  if (/^AP\b/.test(word)) return 'AP';
  return /^(LL|RL|LLD|RLD|LAT|LATERAL|L|R)\b/.test(word) ? 'LATERAL' : 'UNKNOWN';
}

/** Rows and columns of a frontal film run so; the turn makes them run to L and F. */
const turns: Readonly<Record<string, Turn>> = {
  LF: { quarters: 0, mirrored: false },
  RF: { quarters: 0, mirrored: true },
  RH: { quarters: 2, mirrored: false },
  LH: { quarters: 2, mirrored: true },
  FR: { quarters: 1, mirrored: false },
  FL: { quarters: 1, mirrored: true },
  HL: { quarters: 3, mirrored: false },
  HR: { quarters: 3, mirrored: true },
};

const none: Turn = { quarters: 0, mirrored: false };

/** Where a direction is oblique (LA, FP) its first letter, the main one, counts. */
export function judgeOrientation({
  viewPosition = '',
  patientOrientation = [],
}: HangingFacts): OrientationJudgement {
  const axes = patientOrientation.map((direction) => direction.trim().toUpperCase().charAt(0)).join('');
  const sideways = /^[AP][HF]$|^[HF][AP]$/.test(axes);
  if (sideways || viewOf(viewPosition) === 'LATERAL') return { verdict: 'lateral', turn: none };
  const turn = turns[axes];
  if (!turn) return { verdict: 'undeclared', turn: none };
  const { quarters, mirrored } = turn;
  if (quarters === 0) return { verdict: mirrored ? 'mirrored' : 'upright', turn };
  return { verdict: mirrored ? 'rotated-mirrored' : 'rotated', turn };
}
