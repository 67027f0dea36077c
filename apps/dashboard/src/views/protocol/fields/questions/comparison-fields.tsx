// The questions: a cell (a model on an arm) minus another, and what each is asked for.
import type { ReactNode } from 'react';
import { Select } from '../../../parts/form.tsx';
import { cellsOf, suggested } from '../../form/cells.ts';
import { comparisonComplaints, gateComplaint } from '../../form/complaints.ts';
import { type ComparisonRow, exploratory } from '../../form/protocol-form.ts';
import { type Fields, withRow } from '../fields.ts';
import { GateFields } from './gate-fields.tsx';
import { NumberField } from '../number-field.tsx';
import { PairFields } from './pair-fields.tsx';

const questions: readonly (readonly [ComparisonRow['question'], string])[] = [
  ['difference', 'do they differ?'],
  ['superiority', 'is A better, by more than a margin?'],
  ['non-inferiority', 'is A no worse, but for a margin?'],
];

function gateOptions(gates: readonly string[]): [string, string][] {
  const words = (at: number): string => {
    if (at === 0) return 'what the trial is to confirm';
    return at === 1 ? `asked once the ${gates[0]} is confirmed` : 'asked once all before it are confirmed';
  };
  return [
    ...gates.map((gate, at): [string, string] => [gate, `${gate}: ${words(at)}`]),
    [exploratory, exploratory],
  ];
}

export function ComparisonFields(props: Fields): ReactNode {
  const { form, change, registry } = props;
  const { comparisons, gates } = form;
  const cells = cellsOf(form, registry.models);
  const add = (): void => {
    const [a = '', b = a] = cells;
    const row: ComparisonRow = {
      ...{ id: `comparison-${comparisons.length + 1}`, a, b, question: 'difference', margin: '0.05' },
      gate: comparisons.length === 0 ? (gates[0] ?? exploratory) : exploratory,
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
        <Comparison key={at} at={at} row={row} cells={cells} {...props} />
      ))}
      <div className="buttons">
        <button type="button" className="plain" disabled={cells.length < 2} onClick={add}>
          Add a comparison
        </button>
        <button
          type="button"
          className="plain"
          disabled={cells.length < 2}
          onClick={() => change({ comparisons: suggested(form, registry.models) })}
        >
          Those of the paper
        </button>
      </div>
      {comparisons.length > 0 && <GateFields {...props} />}
    </section>
  );
}

function Comparison(props: Fields & { at: number; row: ComparisonRow; cells: readonly string[] }): ReactNode {
  const { form, change, registry, at, row, cells } = props;
  const { comparisons, gates } = form;
  const isPlanned = row.gate !== exploratory;
  const set = (part: Partial<ComparisonRow>): void => change({ comparisons: withRow(comparisons, at, part) });
  return (
    <fieldset className="comparison">
      <legend>Comparison {at + 1}</legend>
      <div className="side-by-side">
        <PairFields
          number={String(at + 1)}
          middle="minus B"
          row={row}
          cells={cells}
          complaints={comparisonComplaints(at, form, registry.models)}
          onChange={set}
        />
        <Select
          label={`Asked as ${at + 1}`}
          value={row.gate}
          options={gateOptions(gates)}
          onPick={(gate) => set({ gate })}
          trouble={isPlanned && row.gate !== gates[0] ? gateComplaint(form) : ''}
        />
        {isPlanned && (
          <Select
            label={`Question ${at + 1}`}
            value={row.question}
            options={questions}
            onPick={(question) => set({ question })}
          />
        )}
        {isPlanned && row.question !== 'difference' && (
          <NumberField
            label={`Margin of AUC ${at + 1}`}
            bounds={{ least: 0, most: 1 }}
            value={row.margin}
            onText={(margin) => set({ margin })}
            hint="Of the difference, 0 to 1: 0.05 is five points."
          />
        )}
      </div>
      <button
        type="button"
        className="plain"
        onClick={() => change({ comparisons: comparisons.filter((_, i) => i !== at) })}
        aria-label={`Remove comparison ${at + 1}`}
      >
        Remove
      </button>
    </fieldset>
  );
}
