// DICOM files with something of a patient in every text they can hold: standard elements of every string VR, private
// elements, and what carries no VR at all (UN). Encoded by hand (explicit VR little endian, PS3.5 section 7), so that
// no library leaves an odd element out.
interface Element {
  readonly tag: number;
  readonly vr: string;
  readonly value: Uint8Array;
}

/** What is planted: each must be found nowhere but in the files of the hospital. */
export interface Planted {
  readonly name: string;
  /** letters and digits, 16 at most */
  readonly id: string;
  /** digits only */
  readonly number: string;
  /** YYYYMMDD */
  readonly date: string;
}

/** VRs with a long length field. */
const long = new Set(['OB', 'OW', 'UC', 'UR', 'UT', 'UN']);
const nullPadded = new Set(['UI', 'OB', 'UN']);

function encode({ tag, vr, value }: Element): Uint8Array {
  const even =
    value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.from(nullPadded.has(vr) ? '\0' : ' ')]);
  const head = Buffer.alloc(long.has(vr) ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (long.has(vr)) head.writeUInt32LE(even.length, 8);
  else head.writeUInt16LE(even.length, 6);
  return Buffer.concat([head, even]);
}

const text = (tag: number, vr: string, value: string): Element => ({
  tag,
  vr,
  value: Buffer.from(value, 'latin1'),
});
function short(tag: number, value: number): Element {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return { tag, vr: 'US', value: bytes };
}

/** One element of every string VR, standard and private. */
function plants({ name, id, number, date }: Planted): Element[] {
  const uid = `1.2.826.0.1.${number}.${date}`;
  return [
    text(0x00080012, 'DA', date),
    text(0x00080013, 'TM', `${date.slice(0, 6)}.${number.slice(0, 6)}`),
    text(0x00080020, 'DA', date),
    text(0x0008002a, 'DT', `${date}123456`),
    text(0x00080050, 'SH', id),
    text(0x00080054, 'AE', id),
    text(0x00080060, 'CS', id),
    text(0x00080070, 'LO', name),
    text(0x00080080, 'LO', name),
    text(0x00080081, 'ST', `${name} ${date}`),
    text(0x00080090, 'PN', name),
    text(0x00080120, 'UR', `https://pacs.example/${id}/${date}`),
    text(0x00081030, 'LO', `${name} ${id}`),
    text(0x00084000, 'LT', `${name}, ${id}, ${date}`),
    text(0x00100010, 'PN', name),
    text(0x00100020, 'LO', id),
    text(0x00100030, 'DA', date),
    text(0x00101000, 'LO', number),
    text(0x00101010, 'AS', '097Y'),
    text(0x00104000, 'LT', `${name} ${date}`),
    text(0x00110010, 'LO', 'PLANTER'),
    ...['AE', 'CS', 'LO', 'SH'].map((vr, i) => text(0x00111000 + i, vr, id)),
    ...['LT', 'PN', 'ST', 'UC', 'UR', 'UT', 'UN', 'OB'].map((vr, i) => text(0x00111010 + i, vr, name)),
    ...['DA', 'DT'].map((vr, i) => text(0x00111020 + i, vr, date)),
    ...['IS', 'DS', 'UI', 'TM'].map((vr, i) => text(0x00111030 + i, vr, number)),
    text(0x00180015, 'CS', id),
    text(0x0020000d, 'UI', uid),
    text(0x0020000e, 'UI', uid),
    text(0x00200010, 'SH', id),
    text(0x00200011, 'IS', number),
    text(0x00204000, 'LT', `${name} ${id}`),
    text(0x00281050, 'DS', number),
    text(0x0040a160, 'UT', `${name} ${id} ${date}`),
    text(0x00400119, 'UC', `${name} ${id}`),
  ];
}

export interface PlantedFilm {
  readonly width: number;
  readonly height: number;
  /** 0..4095 */
  readonly pixels: Uint16Array;
  readonly view: string;
  /** Photometric Interpretation; a wrong one makes a file that must be refused */
  readonly photometric?: string;
  readonly transferSyntax?: string;
}

export function plantedDicom(planted: Planted, film: PlantedFilm): Uint8Array {
  const { transferSyntax = '1.2.840.10008.1.2.1', photometric = 'MONOCHROME2' } = film;
  const pixels = Buffer.from(film.pixels.buffer, film.pixels.byteOffset, film.pixels.byteLength);
  const meta = [
    text(0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.1.1'),
    text(0x00020003, 'UI', `1.2.826.0.1.${planted.number}`),
    text(0x00020010, 'UI', transferSyntax),
    text(0x00020016, 'AE', planted.id),
  ].map(encode);
  const metaLength = Buffer.alloc(4);
  metaLength.writeUInt32LE(meta.reduce((sum, { length }) => sum + length, 0));
  const body = [
    ...plants(planted),
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.1.1'),
    text(0x00080018, 'UI', `1.2.826.0.1.${planted.number}`),
    text(0x00185101, 'CS', film.view),
    short(0x00280002, 1),
    text(0x00280004, 'CS', photometric),
    short(0x00280010, film.height),
    short(0x00280011, film.width),
    short(0x00280100, 16),
    short(0x00280101, 12),
    short(0x00280102, 11),
    short(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ].sort((a, b) => a.tag - b.tag);
  const head = encode({ tag: 0x00020000, vr: 'UL', value: metaLength });
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), head, ...meta, ...body.map(encode)]);
}
