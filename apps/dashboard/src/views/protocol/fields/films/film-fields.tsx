// What is done to a film: arms, views, masks and their filling; and the floor under every figure.
import type { ReactNode } from 'react';
import type { HoleFill } from '@sidemark/core/contract';
import type { ArmName } from '../../../../routes/route.ts';
import { Select, TickGroup } from '../../../parts/form.tsx';
import type { ViewName } from '../../form/protocol-form.ts';
import type { Fields } from '../fields.ts';
import { MaskFields } from './mask-fields.tsx';
import { NumberField } from '../number-field.tsx';
import { OrientationFields } from './orientation-fields.tsx';
import { TilingFields } from './tiling-fields.tsx';

const arms: readonly (readonly [ArmName, string])[] = [
  ['original', 'original: the film as it is'],
  ['inpainted', 'inpainted: markers taken out'],
  ['clipped', 'clipped: the original, within the range of the inpainted'],
  ['placebo', 'placebo: a hole of the same size where no marker is'],
];
const views: readonly (readonly [ViewName, string])[] = [
  ['PA', 'PA'],
  ['AP', 'AP'],
  ['LATERAL', 'lateral'],
  ['UNKNOWN', 'view not said'],
];
const fills: readonly (readonly [HoleFill, string])[] = [
  ['model', 'the inpainter'],
  ['harmonic', 'harmonic, without a model'],
  ['border-median', 'median of the border'],
  ['blackout', 'black'],
];

export function FilmFields(props: Fields): ReactNode {
  const { form, change } = props;
  const { masks } = form;
  return (
    <section className="card fields" aria-labelledby="films">
      <h2 id="films">Films</h2>
      <div className="side-by-side">
        <TickGroup
          legend="Arms"
          options={arms}
          chosen={form.arms}
          onChosen={(chosen) => change({ arms: chosen })}
          trouble={form.arms.length === 0 ? 'Tick at least one arm.' : ''}
        />
        <TickGroup
          legend="Views that count"
          options={views}
          chosen={form.views}
          onChosen={(chosen) => change({ views: chosen })}
          trouble={form.views.length === 0 ? 'Tick at least one view.' : ''}
          hint="Films of other views are skipped and counted."
        />
      </div>
      <div className="side-by-side">
        <NumberField
          label="Floor: patients of each class"
          bounds={{ least: 5, most: 1000, isWhole: true }}
          value={form.minPatients}
          onText={(minPatients) => change({ minPatients })}
          hint="A site with fewer sends nothing. A hospital may ask for more, never for less."
        />
        <Select
          label="Holes are filled by"
          value={form.fill}
          options={fills}
          onPick={(fill) => change({ fill })}
          hint="Without a model: to compare with."
        />
        <NumberField
          label="Detector’s threshold, 0 to 1"
          bounds={{ least: 0, most: 1 }}
          value={masks.scoreThreshold}
          onText={(scoreThreshold) => change({ masks: { ...masks, scoreThreshold } })}
          whenEmpty="as shipped"
          hint="Boxes with a lower score are left alone. Empty: the one that its manifest names."
        />
        <NumberField
          label="Largest marker, % of the film"
          bounds={{ least: 0, most: 100 }}
          value={masks.maxAreaPercent}
          onText={(maxAreaPercent) => change({ masks: { ...masks, maxAreaPercent } })}
          hint="A larger box is counted and left as it is."
        />
      </div>
      <p className="more-choices">More choices</p>
      <MaskFields {...props} />
      <TilingFields {...props} />
      <OrientationFields {...props} />
    </section>
  );
}
