// Name, detector, inpainter, and the classifiers that are evaluated.
import type { ReactNode } from 'react';
import type { ModelVersion } from '@sidemark/core/contract';
import { Select, Tick } from '../parts/form.tsx';
import { SlugField } from '../parts/slug-field.tsx';
import type { Fields } from './fields.ts';
import { called, type ClassifierRow, trainedArmOf } from './protocol-form.ts';

export function ModelFields({ form, change, registry: { models, protocols } }: Fields): ReactNode {
  const options = (role: ModelVersion['role']): [string, string][] =>
    models.filter((model) => model.role === role).map((model) => [called(model), called(model)]);
  const version =
    1 + Math.max(0, ...protocols.filter(({ name }) => name === form.name).map((p) => p.version));
  return (
    <section className="card fields" aria-labelledby="models">
      <h2 id="models">Models</h2>
      <div className="side-by-side">
        <SlugField
          label="Name of the protocol"
          value={form.name}
          onText={(name) => change({ name })}
          hint={`This will be its version ${version}.`}
        />
        <Select
          label="Detector"
          value={form.detector}
          options={options('detector')}
          onPick={(detector) => change({ detector })}
        />
        <Select
          label="Inpainter"
          value={form.inpainter}
          options={options('inpainter')}
          onPick={(inpainter) => change({ inpainter })}
        />
      </div>
      <fieldset>
        <legend>Classifiers</legend>
        {options('classifier').map(([model]) => (
          <Classifier
            key={model}
            model={model}
            trainedArm={trainedArmOf(model, models)}
            rows={form.classifiers}
            onRows={(classifiers) => change({ classifiers })}
          />
        ))}
      </fieldset>
    </section>
  );
}

function Classifier(props: {
  model: string;
  trainedArm: string | null;
  rows: readonly ClassifierRow[];
  onRows: (rows: readonly ClassifierRow[]) => void;
}): ReactNode {
  const { model, trainedArm, rows, onRows } = props;
  const row = rows.find((one) => one.model === model);
  const others = rows.filter((one) => one.model !== model);
  const [name = ''] = model.split('@');
  const isTaken = others.some(({ id }) => id === name);
  const fresh: ClassifierRow = { id: isTaken ? `${name}-${rows.length + 1}` : name, model, internal: null };
  return (
    <div className="chosen">
      <Tick
        label={
          <>
            {model}
            {trainedArm !== null && <span className="quiet"> trained on {trainedArm}</span>}
          </>
        }
        checked={row !== undefined}
        onTick={(isIn) => onRows(isIn ? [...rows, fresh] : others)}
      />
      {row && (
        <SlugField
          label={`Called, in the results (${model})`}
          value={row.id}
          onText={(id) => onRows(rows.map((one) => (one.model === model ? { ...one, id } : one)))}
        />
      )}
    </div>
  );
}
