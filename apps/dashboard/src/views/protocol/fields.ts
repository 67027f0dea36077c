// What every group of fields of the form gets.
import type { ModelVersion, Protocol, RegisteredPack, Site } from '@sidemark/core/contract';
import type { ProtocolForm } from './protocol-form.ts';

/** What is registered already. */
export interface Registry {
  /** released */
  readonly models: readonly ModelVersion[];
  readonly packs: readonly RegisteredPack[];
  readonly sites: readonly Site[];
  readonly protocols: readonly Protocol[];
}

export interface Fields {
  readonly form: ProtocolForm;
  readonly change: (part: Partial<ProtocolForm>) => void;
  readonly registry: Registry;
}

/** The list with the item in it or not, in the order of `all`. */
export function toggled<T>(all: readonly T[], list: readonly T[], item: T, isIn: boolean): T[] {
  return all.filter((one) => (one === item ? isIn : list.includes(one)));
}
