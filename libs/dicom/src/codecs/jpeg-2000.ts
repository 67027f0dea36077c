// JPEG 2000 (ITU-T T.800) through OpenJPEG, High-Throughput JPEG 2000 (T.814) through OpenJPH.
import type { Codec, CodedFrame, DecodedFrame } from './codec.ts';
import { jpeg2000Header, requireSameFrame } from './codestream-header.ts';
import { cornerstone } from './emscripten.ts';
import { rawCodestream, repairedTail } from './jpeg-2000-tail.ts';

const openjpeg = cornerstone({
  package: 'codec-openjpeg',
  script: 'decodewasmjs',
  binary: 'decodewasm',
  decoder: 'J2KDecoder',
});
const openjph = cornerstone({
  package: 'codec-openjph',
  script: 'wasmjs',
  binary: 'wasm',
  decoder: 'HTJ2KDecoder',
});

export const jpeg2000: Codec = (frame) => decodeWith(openjpeg, frame);
export const highThroughput: Codec = (frame) => decodeWith(openjph, frame);

async function decodeWith(decoder: typeof openjpeg, { bytes, layout }: CodedFrame): Promise<DecodedFrame> {
  const codestream = rawCodestream(bytes);
  requireSameFrame(jpeg2000Header(codestream), layout);
  const decoded = await decoder.decode(repairedTail(codestream));
  return {
    bytes: decoded.bytes,
    bytesPerSample: decoded.bitsPerSample > 8 ? 2 : 1,
    planar: false,
    precision: decoded.bitsPerSample,
  };
}
