// Films that nobody meant well: small files that promise, or inflate to, far more than a radiograph.
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, deflateSync } from 'node:zlib';
import { writeDicom } from '@sidemark/dicom';
import { grayImage } from '@sidemark/core/imaging';
import sharp from 'sharp';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function header(width: number, height: number, depth = 8): Buffer {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, 0, 0, 0, 0]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return chunk('IHDR', data);
}

/** Grey PNG whose header says `width` x `height`, and whose pixels are `inflated` zero bytes. */
export function pngBomb(width: number, height: number, inflated: number, depth = 8): Buffer {
  const pixels = deflateSync(Buffer.alloc(inflated), { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    header(width, height, depth),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A film of 8 x 8 with a compressed comment of `inflated` bytes. */
export function commentBomb(inflated: number): Buffer {
  const comment = Buffer.concat([
    Buffer.from('Comment\0\0', 'latin1'),
    deflateSync(Buffer.alloc(inflated, 65)),
  ]);
  const rows = Buffer.from(Array.from({ length: 72 }, (_, i) => (i % 9 === 0 ? 0 : i * 3)));
  return Buffer.concat([
    SIGNATURE,
    header(8, 8),
    chunk('zTXt', comment),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Noise, so that half of the file holds half of the picture. */
export async function noisyFilm(format: 'png' | 'jpeg', side = 128): Promise<Buffer> {
  const noise = Uint8Array.from({ length: side * side }, (_, i) => (i * 7919) % 251);
  return sharp(noise, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .toFormat(format)
    .toBuffer();
}

/** A whole JPEG of which the frame header says `side` x `side`. */
export async function jpegThatPromises(side: number): Promise<Buffer> {
  const bytes = Buffer.from(await noisyFilm('jpeg', 16));
  const frame = bytes.findIndex(
    (byte, i) => byte === 0xff && (bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc2),
  );
  bytes.writeUInt16BE(side, frame + 5);
  bytes.writeUInt16BE(side, frame + 7);
  return bytes;
}

/** A whole DICOM file of 8 x 8 whose Rows and Columns say `side`; `syntax` replaces its transfer syntax. */
export function dicomThatPromises(side: number, syntax?: '1.2.840.10008.1.2.1.99'): Buffer {
  const image = grayImage(
    8,
    8,
    Uint16Array.from({ length: 64 }, (_, i) => i * 5),
    12,
  );
  const bytes = Buffer.from(writeDicom({ image, meta: { uidSeed: 'bomb', patientId: 'p' } }));
  for (const element of [0x10, 0x11]) {
    const at = bytes.indexOf(Buffer.from([0x28, 0x00, element, 0x00, 0x55, 0x53]));
    bytes.writeUInt16LE(side, at + 8);
  }
  if (syntax === undefined) return bytes;
  const tag = bytes.indexOf(Buffer.from([0x02, 0x00, 0x10, 0x00, 0x55, 0x49]));
  const length = bytes.readUInt16LE(tag + 6);
  const uid = Buffer.from(`${syntax}${syntax.length % 2 === 1 ? '\0' : ''}`, 'latin1');
  const head = Buffer.from(bytes.subarray(0, tag + 8));
  head.writeUInt16LE(uid.length, tag + 6);
  // group length (0002,0000) grows with it
  head.writeUInt32LE(head.readUInt32LE(140) + uid.length - length, 140);
  return Buffer.concat([head, uid, bytes.subarray(tag + 8 + length)]);
}

/** A deflated DICOM file whose data set inflates to `inflated` zero bytes. */
export async function deflateBomb(inflated: number): Promise<Buffer> {
  const whole = dicomThatPromises(8, '1.2.840.10008.1.2.1.99');
  const meta = 144 + whole.readUInt32LE(140);
  const deflate = createDeflateRaw({ level: 9 });
  const zeros = Buffer.alloc(1 << 20);
  Readable.from(Array.from({ length: Math.ceil(inflated / zeros.length) }, () => zeros)).pipe(deflate);
  return Buffer.concat([whole.subarray(0, meta), ...((await deflate.toArray()) as Buffer[])]);
}
