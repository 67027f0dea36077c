// A 16-bit grey PNG (ISO/IEC 15948). Noise has no repetitions, so the compressor is told not to look for any: the same
// size as with sharp at level 3 for half of the time.
import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';
import type { GrayImage } from '@sidemark/core/imaging';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const compress = promisify<Uint8Array, object, Buffer>(deflate);

/** Keeps every value of a film of up to 16 bits. */
export async function encodePng16(film: GrayImage): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(film.width, 0);
  header.writeUInt32BE(film.height, 4);
  // depth 16, colour type grey; compression, filter and interlacing are 0
  header.writeUInt8(16, 8);
  const data = await compress(scanlines(film), { level: 1, strategy: constants.Z_HUFFMAN_ONLY });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Rows of big-endian values, each behind a filter byte of 0. */
function scanlines({ width, height, pixels }: GrayImage): Uint8Array {
  const bytes = new Uint8Array(height * (2 * width + 1));
  for (let y = 0, i = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++, i++) {
      const value = pixels[i]!;
      bytes[at++] = value >> 8;
      bytes[at++] = value & 0xff;
    }
  }
  return bytes;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, -4)), data.length + 8);
  return out;
}
