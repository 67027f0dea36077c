// Lossless JPEG of 16 bits, predictors 5 and 6: encoders are in use whose arithmetic overflows (dcmtk: --workaround-pred6).
import { DicomRefusal } from '../refusal.ts';
import type { CodestreamHeader } from './codestream-header.ts';

const LIMIT = 32_767;

/**
 * Both predictors halve the difference of two neighbours. Where it needs more than 16 bits, a faulty encoder meant another
 * prediction than the standard (ITU-T T.81 table H.1), and the frame does not say which: all readers show noise then.
 * @param words decoded samples of one component, 16-bit little endian
 * @throws DicomRefusal decode-failed
 */
export function requireOnePrediction(words: Uint8Array, header: CodestreamHeader, predictor: number): void {
  const { width, precision, components } = header;
  if (precision < 16 || components !== 1 || (predictor !== 5 && predictor !== 6)) return;
  // predictor 6 compares left (Ra) and upper left (Rc) neighbours, predictor 5 upper (Rb) and upper left
  const [from, step] = predictor === 6 ? [width, -width] : [1, -1];
  const sample = (i: number): number => words[2 * i]! | (words[2 * i + 1]! << 8);
  for (let i = from; i < words.length / 2; i++) {
    const difference = sample(i) - sample(i + step);
    if (difference > LIMIT || difference < -LIMIT - 1)
      throw new DicomRefusal(
        'decode-failed',
        `its predictor ${predictor} overflows 16 bits: two readings are possible`,
      );
  }
}
