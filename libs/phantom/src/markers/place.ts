// Puts a department's markers on a film and says where they lie.
import type { Box, StoredPixels } from '@sidemark/core/imaging';
import sharp from 'sharp';
import type { FilmClass } from '../lesion/lesion.ts';
import type { Random } from '../random.ts';
import { drawPiece } from './drawing.ts';
import type { MarkerPiece, MarkerProtocol } from './protocol.ts';

/** Px of a film. */
export interface Frame {
  width: number;
  height: number;
}

/** Coverage above which a pixel belongs to a marker. */
const COVERED = 0.25;

/** A marker as it lies on the film, before it is blended in. */
export interface PlacedMarker {
  piece: MarkerPiece;
  /** what it says */
  glyph: string;
  /** the side its letter names, `other` for words and arrows */
  text: 'L' | 'R' | 'other';
  /** everything that covers, half-open native px, within the film */
  box: Box;
  /** upper left corner, px; may lie outside the film */
  x: number;
  y: number;
  /** px of the square stamp */
  side: number;
  /** brightness per px of the stamp, 0..1 */
  level: Float32Array;
  /** how much of the film it hides, 0..1 */
  coverage: Float32Array;
}

/**
 * The protocol a film gets.
 * @param correlation 0 by weight alone; 1 always one that goes with the class; -1 never one that does
 */
export function chooseProtocol(
  protocols: readonly MarkerProtocol[],
  correlation: number,
  kind: FilmClass,
  random: Random,
): MarkerProtocol | undefined {
  const decided = random.chance(Math.abs(correlation));
  const fitting = protocols.filter(
    (one) => one.goesWith.includes(kind) === correlation > 0 && one.goesWith.length > 0,
  );
  const list = decided && fitting.length > 0 ? fitting : protocols;
  let at = random.next() * list.reduce((sum, one) => sum + one.weight, 0);
  return list.find((one) => (at -= one.weight) < 0);
}

/** Draws the pieces of a protocol for a film; sizes go by its longer side, pieces that miss it are left out. */
export async function placeMarkers(
  protocol: MarkerProtocol,
  film: Frame,
  random: Random,
): Promise<PlacedMarker[]> {
  const placed: PlacedMarker[] = [];
  for (const [k, piece] of protocol.pieces.entries()) {
    const stream = random.fork(`piece ${k}`);
    if (!stream.chance(piece.share)) continue;
    const marker = await placePiece(piece, film, stream);
    if (marker) placed.push(marker);
  }
  return placed;
}

async function placePiece(
  piece: MarkerPiece,
  film: Frame,
  random: Random,
): Promise<PlacedMarker | undefined> {
  const right = piece.side === 'either' ? random.chance(0.5) : piece.side === 'right';
  const named = random.chance(piece.swapped) ? !right : right;
  const sideText = named ? piece.letters.right : piece.letters.left;
  const glyph = piece.text === 'side' ? sideText : random.pick(piece.text);
  const height = random.between(...piece.size) * Math.max(film.width, film.height);
  const drawing = drawPiece(piece, glyph, height, random);
  const angle = random.between(...piece.rotation);
  const flip = random.chance(piece.mirrored) ? -1 : 1;
  const side = 2 * Math.ceil(drawing.reach * 1.1);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
    `<g transform="translate(${side / 2} ${side / 2}) rotate(${angle.toFixed(2)}) scale(${flip} 1)">${drawing.svg}</g></svg>`;
  const rgba = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  const centre = random.between(...piece.x);
  const x = Math.round((right ? centre : 1 - centre) * film.width - side / 2);
  const y = Math.round(random.between(...piece.y) * film.height - side / 2);
  const level = new Float32Array(side * side);
  const coverage = new Float32Array(side * side);
  for (let i = 0; i < level.length; i++) {
    level[i] = rgba[4 * i]! / 255;
    coverage[i] = rgba[4 * i + 3]! / 255;
  }
  const box = coveredBox({ x, y, side, coverage }, { x1: 0, y1: 0, x2: film.width, y2: film.height });
  if (!box) return undefined;
  const text = piece.text !== 'side' || piece.look === 'arrow' ? 'other' : named ? 'R' : 'L';
  return { piece, glyph, text, box, x, y, side, level, coverage };
}

/** The marker as far as it lies in a part of the film, px; undefined when nothing of it does. */
export function seenWithin(marker: PlacedMarker, part: Box): PlacedMarker | undefined {
  const box = coveredBox(marker, part);
  return box && { ...marker, box };
}

type Stamp = Pick<PlacedMarker, 'x' | 'y' | 'side' | 'coverage'>;

function coveredBox({ x, y, side, coverage }: Stamp, part: Box): Box | undefined {
  const box = { x1: part.x2, y1: part.y2, x2: part.x1, y2: part.y1 };
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const [px, py] = [x + i, y + j];
      if (coverage[j * side + i]! < COVERED) continue;
      if (px < part.x1 || py < part.y1 || px >= part.x2 || py >= part.y2) continue;
      box.x1 = Math.min(box.x1, px);
      box.y1 = Math.min(box.y1, py);
      box.x2 = Math.max(box.x2, px + 1);
      box.y2 = Math.max(box.y2, py + 1);
    }
  }
  return box.x2 > box.x1 ? box : undefined;
}

/** Blends a marker into a plane whose full brightness is `white` and whose zero is `black`. */
export function blendMarker(
  plane: Float32Array | StoredPixels,
  film: Frame,
  marker: PlacedMarker,
  range: { black: number; white: number },
): void {
  const { x, y, side, level, coverage } = marker;
  const span = range.white - range.black;
  for (let j = Math.max(0, -y); j < side && y + j < film.height; j++) {
    for (let i = Math.max(0, -x); i < side && x + i < film.width; i++) {
      const alpha = coverage[j * side + i]!;
      if (alpha === 0) continue;
      const at = (y + j) * film.width + x + i;
      plane[at] = plane[at]! * (1 - alpha) + alpha * (range.black + span * level[j * side + i]!);
    }
  }
}
