// The maker of a machine, as DICOM or a person writes it, as one of those that a report can name.
import type { Vendor } from '@sidemark/core/contract';

const spellings: readonly [RegExp, Vendor][] = [
  [/siemens/, 'siemens'],
  [/philips/, 'philips'],
  [/^ge\b|general electric|gems/, 'ge'],
  [/canon|toshiba/, 'canon'],
  [/fuji/, 'fujifilm'],
  [/agfa/, 'agfa'],
  [/carestream|kodak/, 'carestream'],
  [/konica|minolta/, 'konica-minolta'],
  [/samsung/, 'samsung'],
  [/shimadzu/, 'shimadzu'],
  [/hologic|lorad/, 'hologic'],
];

/** Undefined for nothing; `other` for a maker that is not listed. */
export function toVendor(text: string | undefined): Vendor | undefined {
  const word = text?.trim().toLowerCase();
  if (word === undefined || word === '') return undefined;
  return spellings.find(([spelling]) => spelling.test(word))?.[1] ?? 'other';
}
