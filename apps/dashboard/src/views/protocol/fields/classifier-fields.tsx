// The classifiers: which, what each is called in the results, which label of it is judged, and which are folds of one
// cross-validation.
import type { ReactNode } from 'react';
import { Select, Tick } from '../../parts/form.tsx';
import { SlugField } from '../../parts/slug-field.tsx';
import { manifestOf, renamed } from '../form/cells.ts';
import { classifierNameComplaint, foldComplaint } from '../form/complaints.ts';
import { called, type ClassifierRow } from '../form/protocol-form.ts';
import type { Fields } from './fields.ts';

export function ClassifierFields(props: Fields): ReactNode {
  const { form, change, registry } = props;
  const { classifiers } = form;
  const released = registry.models.filter(({ role }) => role === 'classifier').map(called);
  const all = [...new Set([...released, ...classifiers.map(({ model }) => model)])];
  const none = classifiers.length === 0 ? 'Tick at least one classifier.' : '';
  const folds = all.filter((model) => manifestOf(model, registry.models)?.fold !== undefined);
  const isGrouped = classifiers.some(({ foldOf }) => foldOf !== '');
  const group = (): void =>
    change({
      classifiers: classifiers.map((row) =>
        folds.includes(row.model) ? { ...row, foldOf: 'cross-validation' } : row,
      ),
    });
  return (
    <fieldset ref={(element) => element?.querySelector('input')?.setCustomValidity(none)}>
      <legend>Classifiers</legend>
      {none !== '' && <p className="quiet">{none}</p>}
      {all.map((model) => (
        <Classifier key={model} model={model} {...props} />
      ))}
      {classifiers.filter(({ model }) => folds.includes(model)).length > 1 && !isGrouped && (
        <p className="hint">
          Several of these are folds: each held out another part of the patients of its training sites.{' '}
          <button type="button" className="plain" onClick={group}>
            Summarise them as one cross-validation
          </button>
        </p>
      )}
    </fieldset>
  );
}

function Classifier({ model, form, change, registry: { models } }: Fields & { model: string }): ReactNode {
  const { classifiers } = form;
  const row = classifiers.find((one) => one.model === model);
  const others = classifiers.filter((one) => one.model !== model);
  const manifest = manifestOf(model, models);
  const [name = ''] = model.split('@');
  const isTaken = others.some(({ id }) => id === name);
  const fresh: ClassifierRow = {
    ...{ id: isTaken ? `${name}-${classifiers.length + 1}` : name, model, foldOf: '', label: '' },
    internal: null,
  };
  const set = (part: Partial<ClassifierRow>): void =>
    change({ classifiers: classifiers.map((one) => (one.model === model ? { ...one, ...part } : one)) });
  return (
    <div className="chosen">
      <Tick
        label={
          <>
            {model}
            {manifest === undefined && <span className="bad"> not released any more: untick it</span>}
            {manifest?.trainedArm && <span className="quiet"> trained on {manifest.trainedArm}</span>}
          </>
        }
        checked={row !== undefined}
        onTick={(isIn) => change({ classifiers: isIn ? [...classifiers, fresh] : others })}
      />
      {row && (
        <div className="side-by-side">
          <SlugField
            label={`Called, in the results (${model})`}
            value={row.id}
            onText={(id) => change(renamed(form, row, id))}
            trouble={classifierNameComplaint(row, form)}
          />
          <LabelOf row={row} models={models} onLabel={(label) => set({ label })} />
          {(manifest?.fold || row.foldOf !== '') && (
            <SlugField
              label={`Fold of (${model})`}
              required={false}
              value={row.foldOf}
              placeholder="by itself"
              onText={(foldOf) => set({ foldOf })}
              trouble={foldComplaint(row, form, models)}
              hint={
                manifest?.fold &&
                `It holds out fold ${manifest.fold.heldOut} of ${manifest.fold.k}. Classifiers with one name here are summarised together.`
              }
            />
          )}
        </div>
      )}
    </div>
  );
}

/** A multi-label model answers for several findings, of which a protocol judges one. */
function LabelOf(props: {
  row: ClassifierRow;
  models: Fields['registry']['models'];
  onLabel: (label: string) => void;
}): ReactNode {
  const { row, models, onLabel } = props;
  const manifest = manifestOf(row.model, models);
  if (manifest?.decode.variant !== 'multilabel') return null;
  const { judged } = manifest.decode;
  return (
    <Select
      label={`Judged by its label (${row.model})`}
      value={row.label}
      options={[
        ['', `${judged}: as its manifest says`],
        ...manifest.labels.map((label): [string, string] => [label, label]),
      ]}
      onPick={onLabel}
      hint="Against the 0/1 label of the dataset."
    />
  );
}
