// Name, detector, inpainter, and the classifiers that are evaluated.
import type { ReactNode } from 'react';
import type { ModelVersion } from '@sidemark/core/contract';
import { Select } from '../../parts/form.tsx';
import { SlugField } from '../../parts/slug-field.tsx';
import { called } from '../form/protocol-form.ts';
import { ClassifierFields } from './classifier-fields.tsx';
import type { Fields } from './fields.ts';

export function ModelFields({ form, change, registry }: Fields): ReactNode {
  const { models, protocols } = registry;
  const released = (role: ModelVersion['role']): string[] =>
    models.filter((model) => model.role === role).map(called);
  const options = (role: ModelVersion['role'], chosen: string): [string, string][] =>
    [...new Set([...released(role), chosen])].map((model) => [model, model]);
  const complaint = (role: ModelVersion['role'], chosen: string): string =>
    released(role).includes(chosen) ? '' : 'It is not among the released models.';
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
          options={options('detector', form.detector)}
          onPick={(detector) => change({ detector })}
          hint="Finds the side markers."
          trouble={complaint('detector', form.detector)}
        />
        <Select
          label="Inpainter"
          value={form.inpainter}
          options={options('inpainter', form.inpainter)}
          onPick={(inpainter) => change({ inpainter })}
          hint="Fills the holes where they were."
          trouble={complaint('inpainter', form.inpainter)}
        />
      </div>
      <ClassifierFields {...{ form, change, registry }} />
    </section>
  );
}
