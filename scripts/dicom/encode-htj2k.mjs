// 16-bit words on standard input, an HTJ2K codestream on standard output: `encode-htj2k.mjs COLUMNS ROWS BITS lossless|lossy`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Context, NativeCodecs } = createRequire(import.meta.url)('dcmjs-codecs');
const [columns, rows, bits, kind] = process.argv.slice(2);
await NativeCodecs.initializeAsync();
const context = new Context({
  width: Number(columns),
  height: Number(rows),
  bitsAllocated: 16,
  bitsStored: Number(bits),
  samplesPerPixel: 1,
  pixelRepresentation: 0,
  planarConfiguration: 0,
  photometricInterpretation: 'MONOCHROME2',
  decodedBuffer: new Uint8Array(readFileSync(0)),
});
const coded = NativeCodecs.encodeHtJpeg2000(context, { lossy: kind === 'lossy' });
writeFileSync(1, coded.getEncodedBuffer());
