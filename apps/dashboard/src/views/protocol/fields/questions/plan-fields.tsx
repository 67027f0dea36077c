// The analysis plan: at which sites, how sure, which sites trained a model, and whether machines are qualified first.
import type { ReactNode } from 'react';
import type { SiteScope } from '@sidemark/core/contract';
import { shortDigest } from '../../../../format/number.ts';
import { instant } from '../../../../format/time.ts';
import { Select, Tick, TickGroup } from '../../../parts/form.tsx';
import type { ClassifierRow, ProtocolForm } from '../../form/protocol-form.ts';
import type { Fields } from '../fields.ts';
import { More } from '../more.tsx';
import { NumberField } from '../number-field.tsx';

const scopes: readonly (readonly [SiteScope, string])[] = [
  ['all', 'all sites'],
  ['external', 'external sites: no model of the question was trained there'],
  ['internal', 'internal sites'],
];
const bothEmpty: readonly (readonly [ProtocolForm['bothEmpty'], string])[] = [
  ['one', 'a Dice of 1: nothing there, nothing found'],
  ['excluded', 'left out and counted'],
];

export function PlanFields(props: Fields): ReactNode {
  const { form, change, registry } = props;
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
        <NumberField
          label="Confidence level"
          bounds={{ least: 50, most: 99.9, unit: '%' }}
          value={form.levelPercent}
          onText={(levelPercent) => change({ levelPercent })}
          hint="Of every interval."
        />
        <PackField form={form} change={change} packs={registry.packs} />
      </div>
      <p className="more-choices">More choices</p>
      <InternalFields {...props} />
      <More
        name="Lesion masks: films without a lesion"
        said={form.bothEmpty === 'one' ? 'right when nothing is found' : 'left out and counted'}
      >
        <Select
          label="A film without a lesion, on which none is predicted, is"
          value={form.bothEmpty}
          options={bothEmpty}
          onPick={(picked) => change({ bothEmpty: picked })}
          hint="Of classifiers that also draw the lesion; Dice is how well both masks overlap, 0 to 1."
        />
      </More>
    </section>
  );
}

function PackField(props: Pick<Fields, 'form' | 'change'> & Pick<Fields['registry'], 'packs'>): ReactNode {
  const { form, change, packs } = props;
  const known: [string, string][] = packs.map(({ sha256, films, createdAt }) => [
    sha256,
    `${shortDigest(sha256)}, ${films} phantoms, ${instant(createdAt)}`,
  ]);
  const isGone = form.qualification !== '' && !packs.some(({ sha256 }) => sha256 === form.qualification);
  const gone: [string, string][] = isGone ? [[form.qualification, shortDigest(form.qualification)]] : [];
  return (
    <Select
      label="Qualification pack"
      value={form.qualification}
      options={[['', 'none: sites count without one'], ...known, ...gone]}
      onPick={(qualification) => change({ qualification })}
      trouble={isGone ? 'It is not registered here.' : ''}
      hint="Phantoms that every machine must reproduce before its site counts, made for these models, masks and arms."
    />
  );
}

function InternalFields({ form, change, registry: { sites } }: Fields): ReactNode {
  const { classifiers } = form;
  const set = (row: ClassifierRow): void =>
    change({ classifiers: classifiers.map((one) => (one.model === row.model ? row : one)) });
  const named = classifiers.filter(({ internal }) => internal !== null).length;
  return (
    <More
      name="Internal sites: whose films trained a model"
      said={
        named === 0 ? 'as manifests and roles say' : `named for ${named} of ${classifiers.length} classifiers`
      }
    >
      {classifiers.length === 0 && <p className="quiet">Tick a classifier first.</p>}
      {classifiers.map((row) => (
        <Internal key={row.model} row={row} names={sites.map(({ name }) => name)} onRow={set} />
      ))}
    </More>
  );
}

function Internal(props: {
  row: ClassifierRow;
  names: readonly string[];
  onRow: (row: ClassifierRow) => void;
}): ReactNode {
  const { row, names, onRow } = props;
  const { id, internal } = row;
  const all = [...new Set([...names, ...(internal ?? [])])];
  return (
    <div className="side-by-side">
      <Tick
        label={`${id}: as its manifest says, else by the role of the site`}
        checked={internal === null}
        onTick={(isDefault) => onRow({ ...row, internal: isDefault ? null : [] })}
      />
      {internal !== null && (
        <TickGroup
          legend={`Sites whose films trained ${id}`}
          options={all.map((name) => [name, name])}
          chosen={internal}
          onChosen={(chosen) => onRow({ ...row, internal: chosen })}
          hint={all.length === 0 ? 'The study has no site yet.' : 'None ticked: it has no internal site.'}
        />
      )}
    </div>
  );
}
