// Many films on one picture, to be looked at.
import sharp from 'sharp';

export interface Tile {
  /** 8-bit plane, row-major */
  pixels: Uint8Array;
  /** px */
  width: number;
  /** px */
  height: number;
  /** under the picture */
  caption: string;
  /** drawn as frames, native px */
  boxes?: readonly { x1: number; y1: number; x2: number; y2: number; colour: string }[];
}

const GAP = 6;
const CAPTION = 16;

/**
 * A PNG of all tiles, row by row.
 * @param tile px each tile is shown at
 */
export async function contactSheet(tiles: readonly Tile[], columns: number, tile: number): Promise<Buffer> {
  const rows = Math.ceil(tiles.length / columns);
  const width = columns * (tile + GAP) + GAP;
  const height = rows * (tile + GAP + CAPTION) + GAP;
  const pictures = await Promise.all(
    tiles.map(async (one, k) => ({
      input: await picture(one, tile),
      left: GAP + (k % columns) * (tile + GAP),
      top: GAP + Math.floor(k / columns) * (tile + GAP + CAPTION),
    })),
  );
  return sharp({ create: { width, height, channels: 3, background: '#101418' } })
    .composite(pictures)
    .png()
    .toBuffer();
}

async function picture(one: Tile, tile: number): Promise<Buffer> {
  const scale = tile / Math.max(one.width, one.height);
  const frames = (one.boxes ?? [])
    .map(
      ({ x1, y1, x2, y2, colour }) =>
        `<rect x="${x1 * scale}" y="${y1 * scale}" width="${(x2 - x1) * scale}" height="${(y2 - y1) * scale}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    )
    .join('');
  const text = one.caption.replace(/[<&]/g, ' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${tile}" height="${tile + CAPTION}">${frames}<text x="2" y="${tile + 12}" font-size="11" font-family="sans-serif" fill="#cfd8dc">${text}</text></svg>`;
  const film = await sharp(one.pixels, { raw: { width: one.width, height: one.height, channels: 1 } })
    .resize(tile, tile, { fit: 'contain', position: 'left top', background: '#101418' })
    .extend({ bottom: CAPTION, background: '#101418' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
  return sharp(film)
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}
