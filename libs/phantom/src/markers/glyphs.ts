// Letters as outlines: the only file that knows the fonts and their reader.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';
import type { FONTS } from './protocol.ts';

export type FontName = (typeof FONTS)[number];

const FILES: Record<FontName, string> = {
  sans: 'DejaVuSans',
  bold: 'DejaVuSans-Bold',
  oblique: 'DejaVuSans-BoldOblique',
  condensed: 'DejaVuSansCondensed-Bold',
  serif: 'DejaVuSerif-Bold',
  mono: 'DejaVuSansMono-Bold',
  light: 'DejaVuSans-ExtraLight',
};
const require = createRequire(import.meta.url);
const opened = new Map<FontName, Font>();

export interface Lettering {
  /** SVG element, centred on the origin */
  path: string;
  /** px */
  width: number;
  /** px */
  height: number;
}

interface Ink {
  data: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/**
 * The outline of a text.
 * @param height height of its ink in px
 */
export function lettering(text: string, font: FontName, height: number): Lettering {
  const unit = layOut(text, fontOf(font), 100);
  const ink = layOut(text, fontOf(font), (100 * height) / Math.max(1, unit.y2 - unit.y1));
  const centre = `${-(ink.x1 + ink.x2) / 2} ${-(ink.y1 + ink.y2) / 2}`;
  return {
    path: `<g transform="translate(${centre})"><path d="${ink.data}"/></g>`,
    width: ink.x2 - ink.x1,
    height: ink.y2 - ink.y1,
  };
}

/** Letters side by side, without kerning: markers are set that way, and the fonts' own rules are not needed. */
function layOut(text: string, font: Font, fontSize: number): Ink {
  const ink: Ink = { data: '', x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  let pen = 0;
  for (const letter of text) {
    const glyph = font.charToGlyph(letter);
    const path = glyph.getPath(pen, 0, fontSize);
    pen += ((glyph.advanceWidth ?? 0) * fontSize) / font.unitsPerEm;
    const box = path.getBoundingBox();
    ink.data += path.toPathData(2);
    ink.x1 = Math.min(ink.x1, box.x1);
    ink.y1 = Math.min(ink.y1, box.y1);
    ink.x2 = Math.max(ink.x2, box.x2);
    ink.y2 = Math.max(ink.y2, box.y2);
  }
  return ink;
}

function fontOf(name: FontName): Font {
  let font = opened.get(name);
  if (!font) {
    const bytes = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${FILES[name]}.ttf`));
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    // all glyphs of seven fonts are 80 MB of small objects: a second to read, and marked anew by every collection
    font = opentype.parse(buffer, { lowMemory: true });
    opened.set(name, font);
  }
  return font;
}
