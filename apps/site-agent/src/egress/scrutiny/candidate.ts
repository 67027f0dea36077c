// What is held against the earlier reports.
import type { Reported } from './reported.store.ts';

/** A report about to leave; its patients are numbered by image. */
export interface Candidate extends Pick<Reported, 'marks' | 'cells' | 'tables' | 'calibrated' | 'equations'> {
  readonly patients: readonly number[];
  /** patients of the smallest class */
  readonly smallestClass: number;
}
