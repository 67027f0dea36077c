// Name and both sides of a comparison or of an agreement.
import type { ReactNode } from 'react';
import { Select } from '../../../parts/form.tsx';
import { SlugField } from '../../../parts/slug-field.tsx';
import { cellWords } from '../../form/cells.ts';
import type { PairComplaints } from '../../form/complaints.ts';
import type { AgreementRow } from '../../form/protocol-form.ts';

export function PairFields(props: {
  /** tells the fields of one row from those of the next */
  number: string;
  /** what stands before the second side */
  middle: string;
  row: AgreementRow;
  cells: readonly string[];
  complaints: PairComplaints;
  onChange: (part: Partial<AgreementRow>) => void;
}): ReactNode {
  const { number, middle, row, cells, complaints, onChange } = props;
  // a cell whose model was unticked meanwhile stays seen, with what is wrong with it
  const options = (cell: string): [string, string][] =>
    [...new Set([...cells, cell])].map((one) => [one, cellWords(one)]);
  return (
    <>
      <SlugField
        label={`Name ${number}`}
        value={row.id}
        onText={(id) => onChange({ id })}
        trouble={complaints.id}
      />
      <Select
        label={`A ${number}`}
        value={row.a}
        options={options(row.a)}
        onPick={(a) => onChange({ a })}
        trouble={complaints.a}
      />
      <Select
        label={`${middle} ${number}`}
        value={row.b}
        options={options(row.b)}
        onPick={(b) => onChange({ b })}
        trouble={complaints.b}
      />
    </>
  );
}
