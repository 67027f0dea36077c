// JPEG-LS, lossless and near-lossless (ITU-T T.87), through CharLS.
import type { Codec } from './codec.ts';
import { jpegHeader, requireEndOfImage, requireSameFrame } from './codestream-header.ts';
import { cornerstone } from './emscripten.ts';

const charls = cornerstone({
  package: 'codec-charls',
  script: 'decodewasmjs',
  binary: 'decodewasm',
  decoder: 'JpegLSDecoder',
});

export const jpegLs: Codec = async ({ bytes, layout }) => {
  requireSameFrame(jpegHeader(bytes, [0xf7]), layout);
  // cut near-lossless frames keep CharLS busy for minutes
  requireEndOfImage(bytes);
  const decoded = await charls.decode(bytes);
  return {
    bytes: decoded.bytes,
    bytesPerSample: decoded.bitsPerSample > 8 ? 2 : 1,
    planar: decoded.planar,
    precision: decoded.bitsPerSample,
  };
};
