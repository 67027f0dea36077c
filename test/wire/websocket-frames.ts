// Bytes of a websocket's client to its frames (RFC 6455, 5.2). A client's frames are masked; what is not a whole plain
// frame ends the reading, and what is left is nobody's.
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** on the wire, with head and mask */
  readonly bytes: number;
}

export function readFrames(bytes: Buffer): { frames: Frame[]; rest: Buffer } {
  const frames: Frame[] = [];
  let rest = bytes;
  for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
    frames.push(frame);
    rest = rest.subarray(frame.bytes);
  }
  return { frames, rest };
}

function readFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const [isWhole, isPlain, isMasked] = [(first & 0x80) !== 0, (first & 0x70) === 0, (second & 0x80) !== 0];
  if (!isWhole || !isPlain || !isMasked) return undefined;
  const short = second & 0x7f;
  const headBytes = { 126: 4, 127: 10 }[short] ?? 2;
  if (bytes.length < headBytes + 4) return undefined;
  const lengths: Record<number, number> = { 4: bytes.readUInt16BE(2) };
  const length = headBytes === 10 ? Number(bytes.readBigUInt64BE(2)) : (lengths[headBytes] ?? short);
  const total = headBytes + 4 + length;
  if (bytes.length < total) return undefined;
  const mask = bytes.subarray(headBytes, headBytes + 4);
  const payload = Buffer.from(bytes.subarray(headBytes + 4, total)).map((byte, i) => byte ^ mask[i & 3]!);
  return { opcode: first & 0x0f, payload: Buffer.from(payload), bytes: total };
}
