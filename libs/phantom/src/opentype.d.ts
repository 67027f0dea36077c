// opentype.js 2 ships no types; these are the parts in use.
declare module 'opentype.js' {
  export interface Path {
    getBoundingBox(): { x1: number; y1: number; x2: number; y2: number };
    toPathData(decimalPlaces: number): string;
  }
  export interface Glyph {
    advanceWidth?: number;
    getPath(x: number, y: number, fontSize: number): Path;
  }
  export interface Font {
    unitsPerEm: number;
    charToGlyph(letter: string): Glyph;
  }
  interface Options {
    /** reads a glyph when it is asked for, not all of them at once */
    lowMemory: boolean;
  }
  const opentype: { parse(buffer: ArrayBufferLike, options: Options): Font };
  export default opentype;
}
