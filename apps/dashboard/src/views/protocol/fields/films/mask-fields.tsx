// From the boxes of the detector to the hole: how far it is widened, what is one marker, how tight the hole is drawn, and
// what is left to a person.
import type { ReactNode } from 'react';
import { Select, Tick } from '../../../parts/form.tsx';
import type { MaskForm } from '../../form/protocol-form.ts';
import type { Fields } from '../fields.ts';
import { More } from '../more.tsx';
import { NumberField } from '../number-field.tsx';

const percent = { least: 0, most: 100 };
const share = { ...percent, unit: '%' };

const versions: readonly (readonly [MaskForm['version'], string])[] = [
  ['1', '1: widened boxes'],
  ['2', '2: widened boxes, twins as one, lesions spared, holes drawn tight'],
];
const sources: readonly (readonly [MaskForm['maskFrom'], string])[] = [
  ['union', 'all of its boxes'],
  ['best', 'the box with the best score'],
];

function saidOf({ version, dilateMinPx, dilatePercent, isRefined, maxTruthPercent }: MaskForm): string {
  const grown = `boxes widened by ${dilatePercent} %, ${dilateMinPx} px at least`;
  if (version === '1') return grown;
  const spared = maxTruthPercent === '' ? [] : ['lesions spared'];
  return [grown, 'policy 2', ...(isRefined ? ['drawn tight'] : []), ...spared].join(' · ');
}

export function MaskFields({ form, change }: Fields): ReactNode {
  const { masks } = form;
  const set = (part: Partial<MaskForm>): void => change({ masks: { ...masks, ...part } });
  return (
    <More name="Masks: from boxes to holes" said={saidOf(masks)}>
      <div className="side-by-side">
        <NumberField
          label="Boxes grow by, % of their side"
          bounds={percent}
          value={masks.dilatePercent}
          onText={(dilatePercent) => set({ dilatePercent })}
          hint="On every side, by the larger of this and the next."
        />
        <NumberField
          label="and at least by"
          bounds={{ least: 0, most: 200, isWhole: true, unit: 'px' }}
          value={masks.dilateMinPx}
          onText={(dilateMinPx) => set({ dilateMinPx })}
          hint="Pixels of the film."
        />
        <NumberField
          label="Fill fades in over"
          bounds={{ least: 0, most: 8, isWhole: true, unit: 'px' }}
          value={form.featherPx}
          onText={(featherPx) => change({ featherPx })}
          hint="From the edge of the hole inwards, where a model fills it. 0: a sharp edge."
        />
        <Select
          label="Mask policy"
          value={masks.version}
          options={versions}
          onPick={(version) => set({ version })}
          hint="2 asks for the choices below."
        />
      </div>
      {masks.version === '2' && <SecondPolicy masks={masks} set={set} />}
    </More>
  );
}

function SecondPolicy({
  masks,
  set,
}: {
  masks: MaskForm;
  set: (part: Partial<MaskForm>) => void;
}): ReactNode {
  return (
    <>
      <div className="side-by-side">
        <NumberField
          label="One marker above an overlap of"
          bounds={share}
          value={masks.sameIouPercent}
          onText={(sameIouPercent) => set({ sameIouPercent })}
          hint="IoU of two boxes of different classes: what was seen as L and as R is one."
        />
        <Select
          label="Its hole is drawn from"
          value={masks.maskFrom}
          options={sources}
          onPick={(maskFrom) => set({ maskFrom })}
        />
        <NumberField
          label="Left to a person above, % on the lesion"
          bounds={percent}
          value={masks.maxTruthPercent}
          onText={(maxTruthPercent) => set({ maxTruthPercent })}
          whenEmpty="no such rule"
          hint="A box with a larger share on the lesion mask of its film is counted and not filled. Films without a mask are not judged."
        />
      </div>
      <Tick
        label="Holes are drawn tight: of a box only what is brighter than its Otsu cut"
        checked={masks.isRefined}
        onTick={(isRefined) => set({ isRefined })}
      />
      {masks.isRefined && (
        <div className="side-by-side">
          <NumberField
            label="Gaps are closed up to"
            bounds={{ least: 1, most: 31, isWhole: true, isOdd: true, unit: 'px' }}
            value={masks.closePx}
            onText={(closePx) => set({ closePx })}
            hint="Side of the closing square, odd."
          />
          <NumberField
            label="then the hole grows by"
            bounds={{ least: 0, most: 50, isWhole: true, unit: 'px' }}
            value={masks.growPx}
            onText={(growPx) => set({ growPx })}
            hint="Never beyond the box."
          />
          <NumberField
            label="The box stays whole above a bright border of"
            bounds={share}
            value={masks.maxBorderPercent}
            onText={(maxBorderPercent) => set({ maxBorderPercent })}
            hint="Share of its border above the cut: there the ground is as bright as the letter."
          />
        </div>
      )}
    </>
  );
}
