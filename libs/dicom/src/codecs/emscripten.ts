// Loads the emscripten modules of @cornerstonejs, which share one way of decoding.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DicomRefusal } from '../refusal.ts';
import { type WasmCodec, wasmCodec } from './wasm-codec.ts';

const require = createRequire(import.meta.url);

interface FrameInfo {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned?: boolean;
}

/** The part of a @cornerstonejs decoder that is used. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getDecodedBuffer(): Uint8Array;
  getInterleaveMode?(): number;
  delete(): void;
}

interface EmscriptenModule {
  HEAPU8: Uint8Array;
  [decoder: string]: unknown;
}

type Factory = (options: object) => Promise<EmscriptenModule>;

export interface CornerstoneCodec {
  /** package of @cornerstonejs */
  package: string;
  script: string;
  binary: string;
  /** name of its decoder class */
  decoder: string;
}

export interface Decoded extends FrameInfo {
  /** a copy: the heap of the decoder is used again */
  bytes: Uint8Array;
  /** plane by plane, for the codecs that say so */
  planar: boolean;
}

export function cornerstone({ package: name, script, binary, decoder }: CornerstoneCodec): {
  decode(bytes: Uint8Array): Promise<Decoded>;
} {
  let complained = false;
  // what it prints may quote the file and goes no further; OpenJPEG goes on after an error in a block
  const listen = (line: string): void => {
    if (line.startsWith('[ERROR]')) complained = true;
  };
  const codec: WasmCodec<EmscriptenModule> = wasmCodec(
    name,
    async () => {
      const factory = require(`@cornerstonejs/${name}/${script}`) as Factory;
      const wasmBinary = await readFile(require.resolve(`@cornerstonejs/${name}/${binary}`));
      return factory({ wasmBinary, print: listen, printErr: listen });
    },
    ({ HEAPU8 }) => HEAPU8.length,
  );
  return {
    decode: (bytes) =>
      codec.use((module) => {
        complained = false;
        const decoded = decodeWith(new (module[decoder] as new () => Decoder)(), bytes);
        if (complained) throw new DicomRefusal('decode-failed', 'the compressed frame is damaged');
        return decoded;
      }),
  };
}

function decodeWith(decoder: Decoder, bytes: Uint8Array): Decoded {
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const info = decoder.getFrameInfo();
  const decoded = new Uint8Array(decoder.getDecodedBuffer());
  const planar = info.componentCount > 1 && decoder.getInterleaveMode?.() === 0;
  decoder.delete();
  const sampleBytes = info.bitsPerSample > 8 ? 2 : 1;
  const expected = info.width * info.height * info.componentCount * sampleBytes;
  // seen: an empty buffer, and no exception
  if (decoded.length !== expected)
    throw new DicomRefusal('decode-failed', `${expected} bytes were due: ${decoded.length}`);
  return { ...info, bytes: decoded, planar };
}
