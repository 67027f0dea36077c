// Lookup tables and windows of a data set.
import { DicomRefusal } from '../refusal.ts';
import type { Palette } from '../values/gray.ts';
import type { LookupTable } from '../values/lookup-table.ts';
import type { Voi, WindowShape } from '../values/voi.ts';
import type { DataSet } from './data-set.ts';
import { TAG } from './tags.ts';

/**
 * The first item of Modality LUT Sequence (0028,3000).
 * @throws DicomRefusal bad-lookup-table: a film without its table would show other values
 */
export function modalityTable(dataSet: DataSet, signed: boolean): LookupTable | undefined {
  if (!(TAG.ModalityLUTSequence in dataSet.elements)) return undefined;
  const [item] = itemsOf(dataSet, TAG.ModalityLUTSequence);
  if (!item) throw new DicomRefusal('bad-lookup-table', 'Modality LUT Sequence (0028,3000) is empty');
  return requireTable(item, TAG.LUTDescriptor, TAG.LUTData, signed);
}

/** @throws DicomRefusal bad-lookup-table */
export function paletteOf(dataSet: DataSet): Palette {
  return [
    requireTable(dataSet, TAG.RedPaletteDescriptor, TAG.RedPaletteData, false),
    requireTable(dataSet, TAG.GreenPaletteDescriptor, TAG.GreenPaletteData, false),
    requireTable(dataSet, TAG.BluePaletteDescriptor, TAG.BluePaletteData, false),
  ];
}

/**
 * All ways to show the film, in the order in which one would choose: tables, then windows, each as the data set lists
 * them. A table or window that cannot be read is left out: the film itself does not depend on it.
 */
export function voisOf(dataSet: DataSet, signed: boolean): Voi[] {
  const tables = itemsOf(dataSet, TAG.VOILUTSequence).flatMap((item): Voi[] => {
    const table = tableOf(item, TAG.LUTDescriptor, TAG.LUTData, signed);
    return typeof table === 'string' ? [] : [{ kind: 'table', table }];
  });
  return [...tables, ...windowsOf(dataSet)];
}

function windowsOf(dataSet: DataSet): Voi[] {
  const written = dataSet.string(TAG.VOILUTFunction)?.trim();
  const shape: WindowShape = written === 'SIGMOID' || written === 'LINEAR_EXACT' ? written : 'LINEAR';
  const count = TAG.WindowCenter in dataSet.elements ? (dataSet.numStringValues(TAG.WindowCenter) ?? 0) : 0;
  return Array.from({ length: count }, (_, i): Voi => ({
    kind: 'window',
    center: dataSet.floatString(TAG.WindowCenter, i) ?? NaN,
    width: TAG.WindowWidth in dataSet.elements ? (dataSet.floatString(TAG.WindowWidth, i) ?? NaN) : NaN,
    shape,
  })).filter((one) => one.kind === 'window' && Number.isFinite(one.center) && one.width > 0);
}

function requireTable(dataSet: DataSet, descriptor: string, data: string, signed: boolean): LookupTable {
  const table = tableOf(dataSet, descriptor, data, signed);
  if (typeof table === 'string') throw new DicomRefusal('bad-lookup-table', table);
  return table;
}

/** Bits that the largest entry needs: some devices declare 16 whatever their tables hold. */
const bitsOf = (entries: Uint16Array): number =>
  Math.max(1, 32 - Math.clz32(entries.reduce((most, entry) => Math.max(most, entry), 0)));

/** @returns the table, or what is wrong with it */
function tableOf(dataSet: DataSet, descriptor: string, data: string, signed: boolean): LookupTable | string {
  const [told, content] = [dataSet.elements[descriptor], dataSet.elements[data]];
  if (!told || told.length < 6 || !content) return 'a descriptor or its data is missing';
  const count = dataSet.uint16(descriptor, 0) || 65_536;
  const first = (signed ? dataSet.int16(descriptor, 1) : dataSet.uint16(descriptor, 1)) ?? 0;
  const bits = dataSet.uint16(descriptor, 2) ?? 0;
  if (!(bits >= 1 && bits <= 16)) return `an entry has ${bits} bits`;
  const entries = new Uint16Array(count);
  if (content.length >= 2 * count) {
    for (let i = 0; i < count; i++) entries[i] = dataSet.uint16(data, i)!;
  } else if (content.length >= count && bits <= 8) {
    // 8-bit entries, two in a word
    entries.set(dataSet.byteArray.subarray(content.dataOffset, content.dataOffset + count));
  } else return `${count} entries in ${content.length} bytes`;
  return { first, bits: bitsOf(entries), entries };
}

function itemsOf(dataSet: DataSet, tag: string): DataSet[] {
  return (dataSet.elements[tag]?.items ?? []).flatMap(({ dataSet: item }) => (item ? [item] : []));
}
