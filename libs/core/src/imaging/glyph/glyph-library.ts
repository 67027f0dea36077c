// A small library of marker glyphs, `sidemark-glyphs/1`: what a film is asked with when its own marker is gone. The drawings are part of
// the version: same name, same pixels, at every site.

export type GlyphLetter = 'left' | 'right';
/** Burnt in by software: as white as the film gets, sharp. Lead: what lies behind shimmers through, edges are soft. */
export type GlyphLook = 'digital' | 'lead';
export type GlyphCorner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export interface Glyph {
  readonly letter: GlyphLetter;
  readonly look: GlyphLook;
  readonly corner: GlyphCorner;
  /** height of the letter, as a share of the shorter side of the film, in (0, 1) */
  readonly size: number;
}

export interface GlyphChoice {
  readonly letters: readonly GlyphLetter[];
  readonly looks: readonly GlyphLook[];
  readonly corners: readonly GlyphCorner[];
  readonly sizes: readonly number[];
}

/** Every combination, sizes innermost: the order of all figures by glyph. */
export function glyphsOf({ letters, looks, corners, sizes }: GlyphChoice): Glyph[] {
  return letters.flatMap((letter) =>
    looks.flatMap((look) =>
      corners.flatMap((corner) => sizes.map((size): Glyph => ({ letter, look, corner, size }))),
    ),
  );
}

export type Point = readonly [x: number, y: number];

/** Half the width of a stroke; letters are of height 1 around the origin, y down, strokes included. */
export const halfStroke = 0.08;
/** Width of the widest letter. */
export const letterWidth = 0.72;

const [top, bottom, left] = [-0.5 + halfStroke, 0.5 - halfStroke, -0.28];
const bowl = { x: 0.06, y: -0.19, radius: 0.23 };
const bowlPoints = Array.from({ length: 13 }, (_, i): Point => {
  const angle = (Math.PI * (i - 6)) / 12;
  return [bowl.x + bowl.radius * Math.cos(angle), bowl.y + bowl.radius * Math.sin(angle)];
});
const waist = bowl.y + bowl.radius;

/** Strokes as lines through points. */
export const strokes: Readonly<Record<GlyphLetter, readonly (readonly Point[])[]>> = {
  left: [
    [
      [left, top],
      [left, bottom],
      [0.28, bottom],
    ],
  ],
  right: [
    [[left, bottom], [left, top], ...bowlPoints, [left, waist]],
    [
      [0.02, waist],
      [0.28, bottom],
    ],
  ],
};
