// The analysis plan: at which sites, how sure, which sites trained a model, and whether machines are qualified first.
import type { ReactNode } from 'react';
import type { SiteScope } from '@sidemark/core/contract';
import { shortDigest } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { Field, Select, Tick } from '../parts/form.tsx';
import { type Fields, toggled } from './fields.ts';
import type { ClassifierRow } from './protocol-form.ts';

const scopes: readonly (readonly [SiteScope, string])[] = [
  ['all', 'all sites'],
  ['external', 'external sites: no model of the question was trained there'],
  ['internal', 'internal sites'],
];

export function PlanFields({ form, change, registry: { packs, sites } }: Fields): ReactNode {
  const packOptions: [string, string][] = [
    ['', 'none: sites count without one'],
    ...packs.map(({ sha256, films, createdAt }): [string, string] => [
      sha256,
      `${shortDigest(sha256)}, ${films} phantoms, ${instant(createdAt)}`,
    ]),
  ];
  const set = (row: ClassifierRow): void =>
    change({ classifiers: form.classifiers.map((one) => (one.model === row.model ? row : one)) });
  return (
    <section className="card fields" aria-labelledby="plan">
      <h2 id="plan">Analysis</h2>
      <div className="side-by-side">
        <Select
          label="Confirmatory questions are about"
          value={form.sites}
          options={scopes}
          onPick={(scope) => change({ sites: scope })}
          hint="Counts where a comparison is primary."
        />
        <Field
          label="Confidence level, %"
          type="number"
          min={50}
          max={99.9}
          step="any"
          value={form.levelPercent}
          onText={(levelPercent) => change({ levelPercent })}
        />
        <Select
          label="Qualification pack"
          value={form.qualification}
          options={packOptions}
          onPick={(qualification) => change({ qualification })}
          hint={
            <>
              Phantoms that every machine must reproduce before its site counts; one made for these models and
              arms: <code>sidemark pack make</code>.
            </>
          }
        />
      </div>
      {form.classifiers.map((row) => (
        <Internal key={row.model} row={row} names={sites.map(({ name }) => name)} onRow={set} />
      ))}
    </section>
  );
}

function Internal(props: {
  row: ClassifierRow;
  names: readonly string[];
  onRow: (row: ClassifierRow) => void;
}): ReactNode {
  const { row, names, onRow } = props;
  const { id, internal } = row;
  return (
    <fieldset>
      <legend>Sites whose films trained {id}</legend>
      <Tick
        label="as its manifest says, else by the role of the site"
        checked={internal === null}
        onTick={(isDefault) => onRow({ ...row, internal: isDefault ? null : [] })}
      />
      {internal !== null &&
        names.map((name) => (
          <Tick
            key={name}
            label={name}
            checked={internal.includes(name)}
            onTick={(isIn) => onRow({ ...row, internal: toggled(names, internal, name, isIn) })}
          />
        ))}
    </fieldset>
  );
}
