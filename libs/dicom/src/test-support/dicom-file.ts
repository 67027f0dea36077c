// Small DICOM files with any header, for tests: what a vendor would write, right or wrong.

/** Text for string attributes, numbers for US and SS (by sign), bytes for OW, items for sequences. */
export type Value = string | readonly number[] | Uint8Array | readonly Attributes[];
/** Attributes by tag, eight hex digits: `00280010`. */
export type Attributes = Readonly<Record<string, Value>>;

export interface FileOptions {
  syntax?: string;
  /** false: implicit VR */
  explicit?: boolean;
  /** preamble, DICM and file meta information; `none` leaves the data set alone */
  head?: 'part10' | 'no-preamble' | 'meta-only' | 'without-syntax' | 'none';
  /** compressed frames: Pixel Data lies in these fragments */
  fragments?: readonly Uint8Array[];
}

export const EXPLICIT = '1.2.840.10008.1.2.1';

/** 4 x 2 px, 12 bits: enough header for a film; the values are 0, 500, ... 3500. */
export const plainFilm: Attributes = {
  '00080016': '1.2.840.10008.5.1.4.1.1.1.1',
  '00080018': '2.25.7',
  '00080060': 'DX',
  '00280002': [1],
  '00280004': 'MONOCHROME2',
  '00280010': [2],
  '00280011': [4],
  '00280100': [16],
  '00280101': [12],
  '00280102': [11],
  '00280103': [0],
  '7fe00010': Uint8Array.from(Array.from({ length: 8 }, (_, i) => [(500 * i) & 255, (500 * i) >> 8]).flat()),
};

export function dicomFile(attributes: Attributes, options: FileOptions = {}): Buffer {
  const { syntax = EXPLICIT, explicit = true, head = 'part10', fragments } = options;
  const dataSet = Buffer.concat([
    encoded(fragments ? without(attributes, '7fe00010') : attributes, explicit),
    ...(fragments ? [encapsulated(fragments)] : []),
  ]);
  const meta = encoded({ '00020010': syntax }, true);
  const prefix = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
  switch (head) {
    case 'part10':
      return Buffer.concat([prefix, meta, dataSet]);
    case 'no-preamble':
      return Buffer.concat([prefix.subarray(128), meta, dataSet]);
    case 'meta-only':
      return Buffer.concat([meta, dataSet]);
    case 'without-syntax':
      return Buffer.concat([prefix, encoded({ '00020012': '2.25.9' }, true), dataSet]);
    case 'none':
      return dataSet;
  }
}

const without = (attributes: Attributes, tag: string): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== tag));

/** Basic offset table, fragments, delimiter. */
function encapsulated(fragments: readonly Uint8Array[]): Buffer {
  const item = (bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([0xfe, 0xff, 0x00, 0xe0]), word32(bytes.length), bytes]);
  return Buffer.concat([
    Buffer.from([0xe0, 0x7f, 0x10, 0x00]),
    Buffer.from('OB\0\0'),
    word32(0xffffffff),
    item(Buffer.alloc(0)),
    ...fragments.map(item),
    Buffer.from([0xfe, 0xff, 0xdd, 0xe0]),
    word32(0),
  ]);
}

function encoded(attributes: Attributes, explicit: boolean): Buffer {
  const tags = Object.keys(attributes).sort();
  return Buffer.concat(tags.map((tag) => element(tag, attributes[tag]!, explicit)));
}

function element(tag: string, value: Value, explicit: boolean): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt16LE(parseInt(tag.slice(0, 4), 16), 0);
  number.writeUInt16LE(parseInt(tag.slice(4), 16), 2);
  const [vr, bytes] = content(tag, value, explicit);
  if (!explicit) return Buffer.concat([number, word32(bytes.length), bytes]);
  const long = vr === 'OW' || vr === 'SQ';
  const length = long
    ? Buffer.concat([Buffer.alloc(2), word32(bytes.length)])
    : word32(bytes.length).subarray(0, 2);
  return Buffer.concat([number, Buffer.from(vr), length, bytes]);
}

function content(tag: string, value: Value, explicit: boolean): [vr: string, bytes: Buffer] {
  if (typeof value === 'string') {
    const uid = /^[0-9.]+$/.test(value) && value.includes('.') && tag < '0028';
    const padded = value.length % 2 === 0 ? value : `${value}${uid ? '\0' : ' '}`;
    return [
      uid ? 'UI' : /^0028(10|0008|0034)/.test(tag) && tag !== '00281056' ? 'DS' : 'CS',
      Buffer.from(padded),
    ];
  }
  if (value instanceof Uint8Array) return ['OW', Buffer.from(value)];
  if (value.every((one) => typeof one === 'number')) {
    const bytes = Buffer.alloc(2 * value.length);
    value.forEach(
      (one, i) => void (one < 0 ? bytes.writeInt16LE(one, 2 * i) : bytes.writeUInt16LE(one, 2 * i)),
    );
    return [value.some((one) => one < 0) ? 'SS' : 'US', bytes];
  }
  const items = value.map((one) => {
    const inside = encoded(one, explicit);
    return Buffer.concat([Buffer.from([0xfe, 0xff, 0x00, 0xe0]), word32(inside.length), inside]);
  });
  return ['SQ', Buffer.concat(items)];
}

function word32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
