// A grey film as PNG, every value kept: the other side of `film.reader.ts`.
import type { GrayImage } from '@sidemark/core/imaging';
import sharp from 'sharp';

/** 8 bits up to Bits Stored 8, else 16; signed values are raised by half of their range, so that the lowest is 0. */
export async function encodePng({ width, height, bitsStored, minValue, pixels }: GrayImage): Promise<Buffer> {
  const wide = bitsStored > 8;
  const samples = wide ? new Uint16Array(pixels.length) : new Uint8Array(pixels.length);
  for (let i = 0; i < samples.length; i++) samples[i] = pixels[i]! - minValue;
  return sharp(samples, { raw: { width, height, channels: 1 } })
    .toColourspace(wide ? 'grey16' : 'b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
