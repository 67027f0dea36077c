// The Range header of a resumable download, after RFC 9110 section 14: one range of bytes, or the whole.
export type ByteRange =
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'part';
      /** first and last byte, both included */ readonly first: number;
      readonly last: number;
    }
  | { readonly kind: 'unsatisfiable' };

const whole: ByteRange = { kind: 'whole' };
const unsatisfiable: ByteRange = { kind: 'unsatisfiable' };

/**
 * Which bytes of `sizeBytes` (>= 1) a request wants. A header that is malformed or asks for several ranges is
 * ignored, as the RFC has it; `If-Range` must carry the entity tag of today's bytes, else the whole is sent.
 */
export function byteRange(
  range: string | undefined,
  ifRange: string | undefined,
  etag: string,
  sizeBytes: number,
): ByteRange {
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return whole;
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(range.replaceAll(' ', ''));
  const [from, to] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (from === '' && to === '') return whole;
  if (from === '') return suffix(Number(to), sizeBytes);
  const [first, last] = [Number(from), to === '' ? sizeBytes - 1 : Number(to)];
  if (last < first && to !== '') return whole;
  return first >= sizeBytes ? unsatisfiable : { kind: 'part', first, last: Math.min(last, sizeBytes - 1) };
}

function suffix(length: number, sizeBytes: number): ByteRange {
  if (length === 0) return unsatisfiable;
  return { kind: 'part', first: Math.max(0, sizeBytes - length), last: sizeBytes - 1 };
}
