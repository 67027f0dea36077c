// Lookup tables of the data set: Modality LUT, VOI LUT, palettes (PS3.3 C.11.1.1.1, C.11.2.1.1, C.7.6.3.1.5).

export interface LookupTable {
  /** input value that meets the first entry; inputs below it meet the first, beyond the last the last */
  first: number;
  /** bits that its largest entry needs, 1..16 */
  bits: number;
  entries: Uint16Array;
}

/** The entry for one input value. */
export function lookUp({ first, entries }: LookupTable, value: number): number {
  const at = value - first;
  return entries[at <= 0 ? 0 : at >= entries.length ? entries.length - 1 : Math.trunc(at)]!;
}
