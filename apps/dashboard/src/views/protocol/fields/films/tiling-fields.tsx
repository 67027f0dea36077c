// Small markers on large films: the detector looks at the film in tiles, too.
import type { ReactNode } from 'react';
import type { ModelVersion } from '@sidemark/core/contract';
import { Tick } from '../../../parts/form.tsx';
import { called, type TilingForm } from '../../form/protocol-form.ts';
import type { Fields } from '../fields.ts';
import { More } from '../more.tsx';
import { NumberField } from '../number-field.tsx';

/** Side of a tile in px of the film; undefined where it cannot be said. */
export function tileSide(
  detector: string,
  models: readonly ModelVersion[],
  scale: string,
): number | undefined {
  const height = models.find((one) => called(one) === detector)?.manifest.input.image.size.h;
  const side = Math.round((height ?? NaN) / Number(scale));
  return Number.isFinite(side) && side > 0 ? side : undefined;
}

export function TilingFields({ form, change, registry: { models } }: Fields): ReactNode {
  const { tiling } = form;
  const set = (part: Partial<TilingForm>): void => change({ tiling: { ...tiling, ...part } });
  const side = tileSide(form.detector, models, tiling.scale);
  const tile = side === undefined ? 'tiles' : `tiles of ${side} px`;
  const said = tiling.isOn ? `in ${tile}` : 'the detector looks at the film as a whole';
  return (
    <More name="Tiles: small markers on large films" said={said}>
      <Tick
        label="The detector looks at the film in tiles, too"
        checked={tiling.isOn}
        onTick={(isOn) => set({ isOn })}
      />
      {!tiling.isOn && (
        <p className="quiet">
          For letters that shrink below what the detector can see. Each tile is one more run of it, and may
          show more that is no letter: try it on films of your own first.
        </p>
      )}
      {tiling.isOn && (
        <>
          <div className="side-by-side">
            <NumberField
              label="Scale, px of the detector for 1 px of the film"
              bounds={{ least: 0.05, most: 8 }}
              value={tiling.scale}
              onText={(scale) => set({ scale })}
              hint={side === undefined ? '1: as large as it is.' : `A tile is ${side} px of the film.`}
            />
            <NumberField
              label="Neighbours overlap by"
              bounds={{ least: 0, most: 90, unit: '%' }}
              value={tiling.overlapPercent}
              onText={(overlapPercent) => set({ overlapPercent })}
              hint="Of a tile, at least: more than the largest marker."
            />
            <NumberField
              label="Boxes are one marker above an IoU of"
              bounds={{ least: 0, most: 100, unit: '%' }}
              value={tiling.mergePercent}
              onText={(mergePercent) => set({ mergePercent })}
              hint="Boxes of one class; of a box cut by its tile, above this share of it."
            />
          </div>
          <Tick
            label="It looks at the film as a whole as well, for large markers"
            checked={tiling.wholeFilm}
            onTick={(wholeFilm) => set({ wholeFilm })}
          />
        </>
      )}
    </More>
  );
}
