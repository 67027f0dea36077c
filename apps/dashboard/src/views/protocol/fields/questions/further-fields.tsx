// Further questions, for trials that ask them: whether two multi-class classifiers agree, and what a marker drawn in does.
import type { ReactNode } from 'react';
import type { AgreementRow, SwapForm } from '../../form/protocol-form.ts';
import { allCorners, allLetters, allLooks } from '../../form/protocol-form.ts';
import { Field, TickGroup } from '../../../parts/form.tsx';
import { classCellsOf, nextAgreement } from '../../form/cells.ts';
import { agreementComplaints, swapComplaints } from '../../form/complaints.ts';
import { sizesOf } from '../../form/draft-of.ts';
import { type Fields, withRow } from '../fields.ts';
import { More } from '../more.tsx';
import { PairFields } from './pair-fields.tsx';

export function FurtherFields(props: Fields): ReactNode {
  return (
    <section className="card fields" aria-labelledby="further">
      <h2 id="further">Further questions</h2>
      <AgreementFields {...props} />
      <SwapFields {...props} />
    </section>
  );
}

function AgreementFields({ form, change, registry: { models } }: Fields): ReactNode {
  const { agreements } = form;
  const next = nextAgreement(form, models);
  const set = (at: number, part: Partial<AgreementRow>): void =>
    change({ agreements: withRow(agreements, at, part) });
  const count = agreements.length === 1 ? 'one pair' : `${agreements.length} pairs`;
  const said = agreements.length === 0 ? 'none between classifiers' : count;
  return (
    <More name="Agreement of two multi-class classifiers" said={said}>
      <p className="quiet">
        The classes that two classifiers with the same labels give, laid against each other film by film, and
        which of both is right. Two arms of one classifier always are.
      </p>
      {agreements.map((row, at) => (
        <fieldset key={at} className="comparison">
          <legend>Agreement {at + 1}</legend>
          <div className="side-by-side">
            <PairFields
              number={`of agreement ${at + 1}`}
              middle="with B"
              row={row}
              cells={classCellsOf(form, models)}
              complaints={agreementComplaints(at, form, models)}
              onChange={(part) => set(at, part)}
            />
          </div>
          <button
            type="button"
            className="plain"
            aria-label={`Remove agreement ${at + 1}`}
            onClick={() => change({ agreements: agreements.filter((_, i) => i !== at) })}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <div className="buttons">
        <button
          type="button"
          className="plain"
          disabled={!next || agreements.length >= 50}
          onClick={() => next && change({ agreements: [...agreements, next] })}
        >
          Add an agreement
        </button>
        {!next && <span className="quiet">Tick two multi-class classifiers with the same labels first.</span>}
      </div>
    </More>
  );
}

function SwapFields({ form, change }: Fields): ReactNode {
  const { swap } = form;
  const complaints = swapComplaints(swap, form.arms);
  const set = (part: Partial<SwapForm>): void => change({ swap: { ...swap, ...part } });
  const glyphs = swap.letters.length * swap.looks.length * swap.corners.length * sizesOf(swap.sizes).length;
  return (
    <More
      name="A marker drawn in: what would it do?"
      said={swap.isOn ? `${glyphs} glyphs, one after the other` : 'not asked'}
    >
      <TickGroup
        legend="Counterfactual"
        options={[['draw', 'Glyphs are drawn in turn on every film whose markers are gone']]}
        chosen={swap.isOn ? ['draw'] : []}
        onChosen={(chosen) => set({ isOn: chosen.length > 0 })}
        trouble={swap.isOn ? complaints.isOn : ''}
        hint="Shows what a letter alone does to the answer. Each glyph is one more run of every binary classifier on every film."
      />
      {swap.isOn && (
        <>
          <div className="side-by-side">
            <TickGroup
              legend="Letters"
              options={allLetters.map((one) => [one, one])}
              chosen={swap.letters}
              onChosen={(letters) => set({ letters })}
              trouble={complaints.letters}
            />
            <TickGroup
              legend="Looks"
              options={allLooks.map((one) => [
                one,
                one === 'digital'
                  ? 'digital: as white as the film gets, sharp'
                  : 'lead: shimmers through, soft',
              ])}
              chosen={swap.looks}
              onChosen={(looks) => set({ looks })}
              trouble={complaints.looks}
            />
            <TickGroup
              legend="Corners"
              options={allCorners.map((one) => [one, one.replace('-', ' ')])}
              chosen={swap.corners}
              onChosen={(corners) => set({ corners })}
              trouble={complaints.corners}
            />
          </div>
          <Field
            label="Heights of the letter, % of the shorter side of the film"
            value={swap.sizes}
            onText={(sizes) => set({ sizes })}
            trouble={complaints.sizes}
            hint="One to six, with commas between."
          />
        </>
      )}
    </More>
  );
}
