// The protobuf wire format, as much as refusing needs: fields by number, nothing decoded that nobody asks for.
// Stricter than a protobuf library, so that no message means one thing here and another to onnxruntime: a field that
// may occur once and occurs twice (a library would merge the two) and a known field of another wire type are refused.

/** The bytes are no protobuf message, or one that two readers could understand differently. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

/** More fields than any real model has. */
export class WireBudgetError extends Error {
  override readonly name = 'WireBudgetError';
}

/** A varint or fixed number (fixed ones are not decoded: NaN), or the bytes of a string, message or packed list. */
type WireValue = number | Uint8Array;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class WireReader {
  /** @param fieldsLeft how many fields may be read, of all messages together */
  constructor(private fieldsLeft: number) {}

  /** @throws WireError, WireBudgetError */
  message(bytes: Uint8Array): WireMessage {
    const fields = new Map<number, WireValue[]>();
    for (let at = 0; at < bytes.length;) {
      if ((this.fieldsLeft -= 1) < 0) throw new WireBudgetError('too many fields');
      const [tag, start] = varint(bytes, at, 5);
      const field = Math.floor(tag / 8);
      if (field < 1 || tag >= 2 ** 32) throw new WireError('a field has no number');
      const [value, end] = valueAt(bytes, start, tag % 8);
      const values = fields.get(field);
      if (values) values.push(value);
      else fields.set(field, [value]);
      at = end;
    }
    return new WireMessage(fields);
  }
}

function valueAt(bytes: Uint8Array, at: number, wireType: number): [value: WireValue, end: number] {
  if (wireType === 0) return varint(bytes, at, 10);
  if (wireType === 1) return [NaN, inside(bytes, at + 8)];
  if (wireType === 5) return [NaN, inside(bytes, at + 4)];
  if (wireType !== 2) throw new WireError('a group or an unknown wire type');
  const [length, start] = varint(bytes, at, 5);
  const end = inside(bytes, start + length);
  return [bytes.subarray(start, end), end];
}

function inside(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new WireError('a field ends beyond its message');
  return end;
}

/** Values above 2^53 are rounded: far beyond everything that is compared here. */
function varint(bytes: Uint8Array, at: number, mostBytes: number): [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < mostBytes; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw new WireError('a number is cut');
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value, at + i + 1];
  }
  throw new WireError('a number is too long');
}

function* packedVarints(bytes: Uint8Array): Generator<number> {
  for (let at = 0; at < bytes.length;) {
    const [number, end] = varint(bytes, at, 10);
    yield number;
    at = end;
  }
}

/** The fields of one message. Every reader throws WireError for a field of another kind than it asks for. */
export class WireMessage {
  constructor(private readonly fields: ReadonlyMap<number, readonly WireValue[]>) {}

  has(field: number): boolean {
    return this.fields.has(field);
  }

  /** Strings or messages of a repeated field. */
  many(field: number): readonly Uint8Array[] {
    return (this.fields.get(field) ?? []).map((value) => {
      if (typeof value === 'number') throw new WireError(`field ${field} has another wire type`);
      return value;
    });
  }

  one(field: number): Uint8Array | undefined {
    const found = this.many(field);
    if (found.length > 1) throw new WireError(`field ${field} occurs ${found.length} times`);
    return found[0];
  }

  /** '' where absent */
  text(field: number): string {
    return utf8.decode(this.one(field) ?? new Uint8Array());
  }

  /** Strings of a repeated field. */
  texts(field: number): string[] {
    return this.many(field).map((value) => utf8.decode(value));
  }

  /** A varint; `absent` where there is none. */
  number(field: number, absent: number): number {
    const found = this.fields.get(field) ?? [];
    if (found.length > 1) throw new WireError(`field ${field} occurs ${found.length} times`);
    const value = found[0] ?? absent;
    if (typeof value !== 'number' || Number.isNaN(value))
      throw new WireError(`field ${field} has another wire type`);
    return value;
  }

  /** Varints of a repeated field, packed or not. */
  numbers(field: number): number[] {
    const numbers: number[] = [];
    for (const value of this.fields.get(field) ?? []) {
      if (typeof value === 'number') numbers.push(value);
      else for (const number of packedVarints(value)) numbers.push(number);
    }
    return numbers;
  }

  /** Most elements that a repeated field can hold, when a packed one takes at least `bytesEach`. */
  capacity(field: number, bytesEach: number): number {
    return (this.fields.get(field) ?? []).reduce<number>(
      (sum, value) => sum + (typeof value === 'number' ? 1 : Math.floor(value.length / bytesEach)),
      0,
    );
  }
}
