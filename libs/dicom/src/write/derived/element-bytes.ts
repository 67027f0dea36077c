// Data elements as bytes of explicit VR little endian (PS3.5 section 7.1), made from text and sequences. What a file holds
// already never passes through here: its bytes are moved as they are.

/** One data element, header and value. */
export interface ElementBytes {
  /** as dicom-parser spells it: x, group, element */
  readonly tag: string;
  readonly bytes: Uint8Array;
}

/** VRs whose length takes 32 bits (PS3.5 table 7.1-1). */
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const SHORT_MOST = 0xfffe;
const ITEM = 'xfffee000';

/** Bytes before the value of an explicit VR element. */
export function headerLength(vr: string): 8 | 12 {
  return LONG.has(vr) ? 12 : 8;
}

/** @param value whole, little endian; one byte is added to an odd length. What a short VR cannot hold becomes UN. */
export function element(tag: string, vr: string, value: Uint8Array): ElementBytes {
  const odd = value.length % 2;
  const length = value.length + odd;
  const fits = LONG.has(vr) || length <= SHORT_MOST;
  const written = fits ? vr : 'UN';
  const start = headerLength(written);
  const bytes = new Uint8Array(start + length);
  const view = new DataView(bytes.buffer);
  writeTag(view, tag);
  bytes.set([written.charCodeAt(0), written.charCodeAt(1)], 4);
  if (start === 12) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  bytes.set(value, start);
  if (odd === 1) bytes[bytes.length - 1] = vr === 'UI' || LONG.has(vr) ? 0 : 0x20;
  return { tag, bytes };
}

/** @param text of the default repertoire (ISO 646), so that it means the same in every character set */
export function textElement(tag: string, vr: string, text: string): ElementBytes {
  return element(tag, vr, ascii(text));
}

/** @param items each a data set of its own; lengths are explicit */
export function sequenceElement(tag: string, items: readonly (readonly ElementBytes[])[]): ElementBytes {
  return element(tag, 'SQ', concat(items.map(itemBytes)));
}

/** A code of PS3.16 in a sequence of one item (Code Sequence Macro, PS3.3 table 8.8-1). */
export function codeElement(tag: string, code: Code): ElementBytes {
  return sequenceElement(tag, [codeItem(code)]);
}

export interface Code {
  /** (0008,0100), at most 16 characters */
  readonly value: string;
  /** (0008,0102): DCM, or 99 and a name of our own */
  readonly scheme: string;
  /** (0008,0104), at most 64 characters */
  readonly meaning: string;
}

export function codeItem({ value, scheme, meaning }: Code): ElementBytes[] {
  return [
    textElement('x00080100', 'SH', value),
    textElement('x00080102', 'SH', scheme),
    textElement('x00080104', 'LO', meaning),
  ];
}

/** In order of their tags, as a file must have them. */
export function inOrder(elements: readonly ElementBytes[]): ElementBytes[] {
  return [...elements].sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? code : 0x3f;
  });
}

function itemBytes(elements: readonly ElementBytes[]): Uint8Array {
  const content = concat(inOrder(elements).map(({ bytes }) => bytes));
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  writeTag(view, ITEM);
  view.setUint32(4, content.length, true);
  return concat([head, content]);
}

function writeTag(view: DataView, tag: string): void {
  view.setUint16(0, parseInt(tag.slice(1, 5), 16), true);
  view.setUint16(2, parseInt(tag.slice(5, 9), 16), true);
}
