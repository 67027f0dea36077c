// What every group of fields of the form gets.
import type { ModelVersion, Protocol, RegisteredPack, Site } from '@sidemark/core/contract';
import type { ProtocolForm } from '../form/protocol-form.ts';

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

/** The list with one row changed. */
export const withRow = <Row>(rows: readonly Row[], at: number, part: Partial<Row>): Row[] =>
  rows.map((row, i) => (i === at ? { ...row, ...part } : row));
