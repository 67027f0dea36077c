// What is done to a film: arms, views, masks and their filling; and the floor under every figure.
import type { ReactNode } from 'react';
import type { HoleFill } from '@sidemark/core/contract';
import { Field, Select, Tick } from '../parts/form.tsx';
import { type Fields, toggled } from './fields.ts';
import { allArms, allViews, type ArmName, type ViewName } from './protocol-form.ts';

const arms: Readonly<Record<ArmName, string>> = {
  original: 'original: the film as it is',
  inpainted: 'inpainted: markers taken out',
  clipped: 'clipped: the original, within the range of the inpainted',
  placebo: 'placebo: a hole of the same size where no marker is',
};
const views: Readonly<Record<ViewName, string>> = {
  PA: 'PA',
  AP: 'AP',
  LATERAL: 'lateral',
  UNKNOWN: 'view not said',
};
const fills: readonly (readonly [HoleFill, string])[] = [
  ['model', 'the inpainter'],
  ['harmonic', 'harmonic, without a model'],
  ['border-median', 'median of the border'],
  ['blackout', 'black'],
];

export function FilmFields({ form, change }: Fields): ReactNode {
  return (
    <section className="card fields" aria-labelledby="films">
      <h2 id="films">Films</h2>
      <div className="side-by-side">
        <fieldset>
          <legend>Arms</legend>
          {allArms.map((arm) => (
            <Tick
              key={arm}
              label={arms[arm]}
              checked={form.arms.includes(arm)}
              onTick={(isIn) => change({ arms: toggled(allArms, form.arms, arm, isIn) })}
            />
          ))}
        </fieldset>
        <fieldset>
          <legend>Views that count</legend>
          {allViews.map((view) => (
            <Tick
              key={view}
              label={views[view]}
              checked={form.views.includes(view)}
              onTick={(isIn) => change({ views: toggled(allViews, form.views, view, isIn) })}
            />
          ))}
        </fieldset>
      </div>
      <div className="side-by-side">
        <Select
          label="Holes are filled by"
          value={form.fill}
          options={fills}
          onPick={(fill) => change({ fill })}
        />
        <Field
          label="Detector’s threshold, 0 to 1"
          type="number"
          min={0}
          max={1}
          step="any"
          required={false}
          value={form.scoreThreshold}
          placeholder="as shipped"
          onText={(scoreThreshold) => change({ scoreThreshold })}
          hint="Empty: the one that its manifest names."
        />
        <Field
          label="Largest marker, % of the film"
          type="number"
          min={0}
          max={100}
          step="any"
          value={form.maxAreaPercent}
          onText={(maxAreaPercent) => change({ maxAreaPercent })}
          hint="A larger box is counted and left as it is."
        />
        <Field
          label="Floor: patients of each class"
          type="number"
          min={5}
          max={1000}
          value={form.minPatients}
          onText={(minPatients) => change({ minPatients })}
          hint="A site with fewer sends nothing. A hospital may ask for more, never for less."
        />
      </div>
    </section>
  );
}
