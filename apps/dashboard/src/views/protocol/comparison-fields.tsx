// The questions: a cell (a model on an arm) minus another, and what each is asked for.
import type { ReactNode } from 'react';
import { Field, Select } from '../parts/form.tsx';
import { SlugField } from '../parts/slug-field.tsx';
import type { Fields } from './fields.ts';
import { cellsOf, type ComparisonRow, suggested } from './protocol-form.ts';

const statuses: readonly (readonly [ComparisonRow['status'], string])[] = [
  ['primary', 'primary: what the trial is to confirm'],
  ['secondary', 'secondary: asked once the primary is confirmed'],
  ['exploratory', 'exploratory'],
];
const questions: readonly (readonly [ComparisonRow['question'], string])[] = [
  ['difference', 'do they differ?'],
  ['superiority', 'is A better, by more than a margin?'],
  ['non-inferiority', 'is A no worse, but for a margin?'],
];

export function ComparisonFields({ form, change, registry: { models } }: Fields): ReactNode {
  const { comparisons } = form;
  const cells = cellsOf(form, models);
  const set = (at: number, part: Partial<ComparisonRow>): void =>
    change({ comparisons: comparisons.map((row, i) => (i === at ? { ...row, ...part } : row)) });
  const add = (): void => {
    const [a = '', b = a] = cells;
    const row: ComparisonRow = {
      ...{ id: `comparison-${comparisons.length + 1}`, a, b, question: 'difference', margin: '0.05' },
      status: comparisons.length === 0 ? 'primary' : 'exploratory',
    };
    change({ comparisons: [...comparisons, row] });
  };
  return (
    <section className="card fields" aria-labelledby="comparisons">
      <h2 id="comparisons">Comparisons of AUC</h2>
      {cells.length === 0 && (
        <p className="hint">
          Tick a classifier first. Multi-class models have no AUC; they are reported otherwise.
        </p>
      )}
      {comparisons.map((row, at) => (
        <Row
          key={at}
          row={row}
          number={at + 1}
          cells={cells}
          onChange={(part) => set(at, part)}
          onRemove={() => change({ comparisons: comparisons.filter((_, i) => i !== at) })}
        />
      ))}
      <div className="buttons">
        <button type="button" className="plain" disabled={cells.length < 2} onClick={add}>
          Add a comparison
        </button>
        <button
          type="button"
          className="plain"
          disabled={cells.length < 2}
          onClick={() => change({ comparisons: suggested(form, models) })}
        >
          Those of the paper
        </button>
      </div>
    </section>
  );
}

function Row(props: {
  row: ComparisonRow;
  number: number;
  cells: readonly string[];
  onChange: (part: Partial<ComparisonRow>) => void;
  onRemove: () => void;
}): ReactNode {
  const { row, number, cells, onChange, onRemove } = props;
  const isPlanned = row.status !== 'exploratory';
  // a cell whose model was unticked meanwhile stays seen, for the coordinator to refuse
  const options = (cell: string): [string, string][] =>
    [...new Set([...cells, cell])].map((one) => [one, one.replace('/', ' on ')]);
  return (
    <fieldset className="comparison">
      <legend>Comparison {number}</legend>
      <div className="side-by-side">
        <SlugField label={`Name ${number}`} value={row.id} onText={(id) => onChange({ id })} />
        <Select
          label={`A ${number}`}
          value={row.a}
          options={options(row.a)}
          onPick={(a) => onChange({ a })}
        />
        <Select
          label={`minus B ${number}`}
          value={row.b}
          options={options(row.b)}
          onPick={(b) => onChange({ b })}
        />
        <Select
          label={`Asked as ${number}`}
          value={row.status}
          options={statuses}
          onPick={(status) => onChange({ status })}
        />
        {isPlanned && (
          <Select
            label={`Question ${number}`}
            value={row.question}
            options={questions}
            onPick={(question) => onChange({ question })}
          />
        )}
        {isPlanned && row.question !== 'difference' && (
          <Field
            label={`Margin of AUC ${number}`}
            type="number"
            min={0}
            max={1}
            step="any"
            value={row.margin}
            onText={(margin) => onChange({ margin })}
          />
        )}
      </div>
      <button type="button" className="plain" onClick={onRemove} aria-label={`Remove comparison ${number}`}>
        Remove
      </button>
    </fieldset>
  );
}
