// A side letter against the header: only ever a flag. Letters are read right about 7 times in 10, and some are printed
// mirrored, so that no letter excludes or flips a film.
import type { Box } from '../box.ts';
import type { Turn } from './turn.ts';

export interface SideMarker {
  side: 'left' | 'right';
  /** px */
  box: Box;
}

export interface SideFacts {
  /** columns of the film that the boxes are of, px */
  width: number;
  /** would turn that film upright */
  turn: Turn;
  lateral: boolean;
  /** Image Laterality (0020,0062) */
  laterality?: string | undefined;
}

/**
 * True when a letter lies on the half of a frontal film where the other side of the patient is, or names another side
 * than Image Laterality. Without Patient Orientation the patient's left is expected on the viewer's right.
 */
export function markerDisagrees(
  markers: readonly SideMarker[],
  { width, turn, lateral, laterality = '' }: SideFacts,
): boolean {
  const declared = /^[LR]$/.exec(laterality.trim().toUpperCase())?.[0];
  return markers.some(({ side, box }) => {
    if (declared !== undefined && declared !== (side === 'left' ? 'L' : 'R')) return true;
    // on a lateral film, or one on its side, left and right of the picture are no sides of the patient
    if (lateral || turn.quarters % 2 === 1) return false;
    const onRight = box.x1 + box.x2 > width;
    const exchanged = (turn.quarters === 2) !== turn.mirrored;
    return onRight !== ((side === 'left') !== exchanged);
  });
}
