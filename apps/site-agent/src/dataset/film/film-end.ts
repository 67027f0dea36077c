// Does a PNG or JPEG file reach its own end? A cheap question at registration: nothing is decoded.

/** False for a file that was cut; true says nothing of what is inside. */
export function reachesItsEnd(kind: 'png' | 'jpeg', bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'png') return pngEnds(file);
  // after the last scan begins (SOS) the image must end (EOI); in between, 0xFF is always stuffed
  return file.lastIndexOf('ffd9', undefined, 'hex') > file.lastIndexOf('ffda', undefined, 'hex');
}

/** Walks from chunk to chunk: length, type, data, check sum. */
function pngEnds(file: Buffer): boolean {
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}
