// A marker as an SVG drawing: grey = brightness, opacity = how much it covers.
import type { Random } from '../random.ts';
import { lettering } from './glyphs.ts';
import type { MarkerPiece } from './protocol.ts';

export interface Drawing {
  /** SVG elements around the origin, px */
  svg: string;
  /** half side of the square that holds all of it, px */
  reach: number;
}

const INITIALS = 'ABCDEFGHJKLMNPRSTVW';
const grey = (level: number): string => {
  const value = Math.round(255 * Math.min(1, Math.max(0, level)));
  return `rgb(${value},${value},${value})`;
};

/**
 * Draws a piece.
 * @param text what it says
 * @param height of its letters, px
 */
export function drawPiece(piece: MarkerPiece, text: string, height: number, random: Random): Drawing {
  const level = random.between(...piece.level);
  const letters = lettering(text, random.pick(piece.font), height);
  const extent = Math.max(letters.width, letters.height);
  const ink = (colour: string, opacity = 1): string =>
    `<g fill="${colour}" fill-opacity="${opacity}">${letters.path}</g>`;
  switch (piece.look) {
    case 'digital':
      return {
        svg: rim(piece, letters.path, height, random) + ink(grey(level)),
        reach: 0.7 * extent + height,
      };
    case 'lead':
      return lead(piece, letters, level, height, random);
    case 'disc':
    case 'ring':
      return disc(piece.look === 'disc', ink(grey(level)), extent, level, height);
    case 'plate':
      return plate(ink(grey(level), 0.9), letters, level, height, random);
    case 'cutout':
      return cutout(letters.path, extent, level, height, random);
    case 'arrow':
      return arrow(level, height);
  }
}

function rim(piece: MarkerPiece, path: string, height: number, random: Random): string {
  if (!random.chance(piece.rimmed)) return '';
  return `<g fill="black" stroke="black" stroke-width="${0.14 * height}">${path}</g>`;
}

function lead(
  piece: MarkerPiece,
  letters: { path: string; width: number; height: number },
  level: number,
  height: number,
  random: Random,
): Drawing {
  // metal never covers quite: what lies behind shimmers through
  const opacity = random.between(0.8, 0.97);
  let svg = `<g fill="${grey(level)}" fill-opacity="${opacity}">${letters.path}</g>`;
  let low = 0.5 * height;
  if (random.chance(piece.initials)) {
    const name = Array.from({ length: 2 + Math.floor(2 * random.next()) }, () =>
      INITIALS.charAt(Math.floor(random.next() * INITIALS.length)),
    ).join('');
    const size = height * random.between(0.4, 0.65);
    const below = lettering(name, random.pick(piece.font), size);
    const turn = random.chance(0.5) ? 'scale(-1 1)' : '';
    svg += `<g transform="translate(0 ${0.65 * height + size / 2}) ${turn}" fill="${grey(level)}" fill-opacity="${0.85 * opacity}">${below.path}</g>`;
    low = 0.75 * height + size;
  }
  if (random.chance(piece.ball)) {
    const radius = height * random.between(0.35, 0.6);
    const hollow = random.chance(0.4);
    const paint = hollow
      ? `fill="none" stroke="${grey(level)}" stroke-width="${0.35 * radius}"`
      : `fill="${grey(level)}" fill-opacity="0.75"`;
    svg += `<circle cx="0" cy="${low + 0.2 * height + radius}" r="${radius}" ${paint}/>`;
    low += 0.4 * height + 2 * radius;
  }
  const wide = 0.75 * Math.max(letters.width, 0.8 * height);
  const strip =
    `<rect x="${-wide}" y="${-0.9 * height}" width="${2 * wide}" height="${low + 1.1 * height}" ` +
    `fill="white" fill-opacity="0.06" stroke="white" stroke-opacity="0.12" stroke-width="${0.04 * height}"/>`;
  return { svg: (random.chance(0.5) ? strip : '') + svg, reach: Math.max(low, wide, height) + 0.5 * height };
}

function disc(filled: boolean, ink: string, extent: number, level: number, height: number): Drawing {
  const radius = 0.95 * Math.max(extent, height);
  const width = 0.11 * height;
  const ring = `<circle r="${radius - width}" fill="${filled ? 'black' : 'none'}" stroke="${grey(level)}" stroke-width="${width}"/>`;
  const edge = filled ? `<circle r="${radius + 0.6 * width}" fill="black"/>` : '';
  return { svg: edge + ring + ink, reach: radius + 2 * width };
}

function plate(
  ink: string,
  letters: { width: number; height: number },
  level: number,
  height: number,
  random: Random,
): Drawing {
  const halfWidth = letters.width / 2 + height * random.between(0.25, 0.5);
  const halfHeight = height * random.between(0.8, 1.05);
  const shade = grey(level * random.between(0.3, 0.6));
  const frame = random.chance(0.6)
    ? `stroke="${grey(0.8 * level)}" stroke-opacity="0.7" stroke-width="${0.05 * height}"`
    : '';
  const ground = `<rect x="${-halfWidth}" y="${-halfHeight}" width="${2 * halfWidth}" height="${2 * halfHeight}" fill="${shade}" fill-opacity="${random.between(0.75, 1)}" ${frame}/>`;
  return { svg: ground + ink, reach: Math.max(halfWidth, halfHeight) + 0.2 * height };
}

function cutout(path: string, extent: number, level: number, height: number, random: Random): Drawing {
  const halfWidth = 0.8 * Math.max(extent, height);
  const halfHeight = height * random.between(1, 1.6);
  const ground = `<rect x="${-halfWidth}" y="${-halfHeight}" width="${2 * halfWidth}" height="${2 * halfHeight}" rx="${0.6 * halfWidth}" fill="${grey(level)}" fill-opacity="0.85"/>`;
  const letter = `<g fill="${grey(0.35 * level)}" fill-opacity="0.8">${path}</g>`;
  return { svg: ground + letter, reach: Math.max(halfWidth, halfHeight) + 2 };
}

function arrow(level: number, height: number): Drawing {
  const h = height / 2;
  const shape = `M0 ${-h}L${0.6 * h} ${-0.2 * h}H${0.25 * h}V${h}H${-0.25 * h}V${-0.2 * h}H${-0.6 * h}Z`;
  return {
    svg: `<path d="${shape}" fill="${grey(level)}" stroke="black" stroke-width="${0.1 * h}"/>`,
    reach: 1.3 * h,
  };
}
