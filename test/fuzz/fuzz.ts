// What the fuzz tests share: how often, what counts as a refusal, and how a good thing is spoilt.
import { ZodError } from 'zod';
import { DomainError } from '@sidemark/core/errors';
import { DicomRefusal } from '@sidemark/dicom';
import fc from 'fast-check';

/** SIDEMARK_FUZZ_RUNS, 1 or more; 10,000 where nothing is set. */
export const runs = Math.max(1, Number(process.env['SIDEMARK_FUZZ_RUNS'] ?? 10_000));
/** milliseconds of the processor that one input may take */
const slowMs = 5_000;
/** milliseconds for all runs of one parser */
export const patience = 900_000;

/** True when the work was done, false when it was refused by a typed error. Any other error is thrown on. */
export async function doneOrRefused(work: () => unknown): Promise<boolean> {
  // of the processor, not of the wall: other tests run beside this one
  const start = process.cpuUsage();
  const done = await settled(work);
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > slowMs) throw new Error(`one input took ${Math.round(took)} ms`);
  return done;
}

async function settled(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof DomainError || error instanceof ZodError || error instanceof DicomRefusal)
      return false;
    throw error;
  }
}

/** The property holds for all runs. */
export function always<T>(
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => Promise<void>,
  numRuns = runs,
): Promise<void> {
  return fc.assert(fc.asyncProperty(inputs, holds), { numRuns });
}

const nested = fc
  .integer({ min: 1, max: 1_000 })
  .map((depth): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`));
const nasty = fc.constantFrom<unknown>(
  ...[null, true, 0, -0, -1, 0.5, 1e308, 2 ** 53, 5e-324, NaN, Infinity],
  ...['', 'NaN', '__proto__', '\0', '\ud800', 'A'.repeat(100_000), '../..', '{{7*7}}'],
  ...[[], {}, [[]], { length: 1 }, JSON.parse('{"__proto__":{"polluted":1}}')],
);
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(nasty, fc.jsonValue(), nested);

type Container = Record<string, unknown>;
type Place = { readonly inside: Container; readonly key: string };

function placesOf(value: unknown, depth = 12): Place[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  const inside = value as Container;
  return Object.keys(inside).flatMap((key) => [{ inside, key }, ...placesOf(inside[key], depth - 1)]);
}

const spoil = fc.record({
  at: fc.nat(100_000),
  how: fc.constantFrom('replace', 'remove', 'add'),
  key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'schema'), fc.string()),
  value: hostileValue,
});

/** A good JSON value with one to four things replaced, removed or added anywhere in it. */
export function spoiltValue(good: unknown): fc.Arbitrary<unknown> {
  return fc.array(spoil, { minLength: 1, maxLength: 4 }).map((changes) => {
    const value = structuredClone(good);
    for (const { at, how, key, value: other } of changes) {
      const places = placesOf(value);
      const place = places[at % places.length];
      if (place === undefined) continue;
      if (how === 'remove') delete place.inside[place.key];
      else {
        const name = how === 'add' ? key : place.key;
        // the length of an array stays what it is
        Reflect.defineProperty(place.inside, name, {
          value: structuredClone(other),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
    }
    return value;
  });
}

/** Good bytes with one to six places overwritten, removed or grown, and perhaps cut. */
export function spoiltBytes(good: Uint8Array, most = good.length): fc.Arbitrary<Uint8Array> {
  const some = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom(
      Uint8Array.of(0xff, 0xff, 0xff, 0xff),
      Uint8Array.of(0, 0, 0, 0),
      Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff),
      Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
    ),
  );
  const change = fc.record({ at: fc.nat(most), take: fc.nat(12), put: some, overwrite: fc.boolean() });
  const changes = fc.array(change, { minLength: 1, maxLength: 6 });
  return fc.tuple(changes, fc.option(fc.nat(good.length), { freq: 4 })).map(([list, cut]) => {
    let bytes = Buffer.from(good);
    for (const { at, take, put, overwrite } of list)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        put,
        bytes.subarray(at + (overwrite ? put.length : take)),
      ]);
    return Uint8Array.from(cut === null ? bytes : bytes.subarray(0, cut));
  });
}

export const spoiltText = (good: string): fc.Arbitrary<Uint8Array> => spoiltBytes(Buffer.from(good));
