// JPEG baseline, extended 12-bit and lossless (ITU-T T.81) through dcmjs-codecs, the one decoder exact on all of them.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as dcmjsCodecs from 'dcmjs-codecs';
import { DicomRefusal } from '../refusal.ts';
import type { PixelLayout } from '../values/pixel-layout.ts';
import type { Codec } from './codec.ts';
import { jpegHeader, predictorOf, requireEndOfImage, requireSameFrame } from './codestream-header.ts';
import { requireOnePrediction } from './jpeg-prediction.ts';
import { wasmCodec } from './wasm-codec.ts';

type NativeCodecs = typeof dcmjsCodecs.NativeCodecs & {
  wasmApi?: { wasmMemory: { buffer: ArrayBuffer } };
};

const require = createRequire(import.meta.url);

/** libjpeg went on with grey where data was damaged: it only says so. Stray bytes before a marker do no harm. */
const DAMAGED = /Corrupt JPEG data(?!: \d+ extraneous)|Premature end/;
let damage = false;
const listen = (...words: unknown[]): void => {
  if (DAMAGED.test(words.join(' '))) damage = true;
};

const codec = wasmCodec(
  'JPEG',
  async () => {
    const loaded = require('dcmjs-codecs') as typeof dcmjsCodecs;
    // nothing reaches the console: its lines can carry header values
    loaded.log.methodFactory = () => listen;
    loaded.log.setLevel('info');
    const native: NativeCodecs = loaded.NativeCodecs;
    const binary = join(dirname(require.resolve('dcmjs-codecs')), 'dcmjs-native-codecs.wasm');
    // one class for all: a new start throws the old instance away
    await native.initializeAsync({ webAssemblyModulePathOrUrl: binary, logCodecsInfo: true });
    return { native, Context: loaded.Context };
  },
  ({ native }) => native.wasmApi?.wasmMemory.buffer.byteLength ?? 0,
);

/** @param kinds the SOF markers that the transfer syntax allows */
export function jpeg(kinds: readonly number[]): Codec {
  return async ({ bytes, layout }) => {
    const header = jpegHeader(bytes, kinds);
    requireSameFrame(header, layout);
    requireEndOfImage(bytes);
    const wide = header.precision > 8;
    const decoded = await codec.use(({ native, Context }) => {
      damage = false;
      const context = native.decodeJpeg(new Context(contextOf(layout, header.precision, bytes)), {});
      if (damage) throw new DicomRefusal('decode-failed', 'the compressed frame is damaged or cut');
      return context.getDecodedBuffer();
    });
    const due = layout.width * layout.height * layout.samplesPerPixel * (wide ? 2 : 1);
    if (decoded?.length !== due)
      throw new DicomRefusal('decode-failed', `${due} bytes were due: ${decoded?.length ?? 0}`);
    requireOnePrediction(decoded, header, predictorOf(bytes));
    return { bytes: decoded, bytesPerSample: wide ? 2 : 1, planar: false, precision: header.precision };
  };
}

/** The codestream's own bits, whatever the data set says: they decide how long the result is. */
function contextOf(layout: PixelLayout, precision: number, encodedBuffer: Uint8Array): object {
  return {
    width: layout.width,
    height: layout.height,
    bitsAllocated: precision > 8 ? 16 : 8,
    bitsStored: precision,
    samplesPerPixel: layout.samplesPerPixel,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    // colours as they are: no conversion is wanted
    photometricInterpretation: layout.samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB',
    encodedBuffer,
  };
}
