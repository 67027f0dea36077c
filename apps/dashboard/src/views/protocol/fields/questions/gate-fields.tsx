// The gates of the confirmatory questions: families of comparisons, of which each is opened only by all of those before it.
import type { ReactNode } from 'react';
import { SlugField } from '../../../parts/slug-field.tsx';
import { gateNameComplaint } from '../../form/complaints.ts';
import { exploratory } from '../../form/protocol-form.ts';
import type { Fields } from '../fields.ts';
import { More } from '../more.tsx';

const most = 20;

export function GateFields({ form, change }: Fields): ReactNode {
  const { gates, comparisons } = form;
  /** Comparisons go with the name. */
  const rename = (from: string, to: string): void => {
    const isShared = gates.includes(to) || gates.filter((gate) => gate === from).length > 1;
    change({
      gates: gates.map((gate) => (gate === from ? to : gate)),
      ...(!isShared && {
        comparisons: comparisons.map((row) => (row.gate === from ? { ...row, gate: to } : row)),
      }),
    });
  };
  const remove = (name: string): void =>
    change({
      gates: gates.filter((gate) => gate !== name),
      comparisons: comparisons.map((row) => (row.gate === name ? { ...row, gate: exploratory } : row)),
    });
  return (
    <More name="Gates: the order of the questions" said={gates.join(', then ')}>
      <p className="quiet">
        Inside a gate, p values are adjusted by Holm’s method; a gate is opened only when everything before it
        is confirmed. A gate that no comparison names is left out.
      </p>
      <div className="side-by-side">
        {gates.map((gate, at) => (
          <div key={at} className="field">
            <SlugField
              label={`Gate ${at + 1}`}
              value={gate}
              onText={(name) => rename(gate, name)}
              trouble={gateNameComplaint(at, form)}
            />
            {gates.length > 1 && (
              <button
                type="button"
                className="plain"
                aria-label={`Remove gate ${at + 1}`}
                onClick={() => remove(gate)}
              >
                Remove
              </button>
            )}
          </div>
        ))}
      </div>
      <div className="buttons">
        <button
          type="button"
          className="plain"
          disabled={gates.length >= most}
          onClick={() => change({ gates: [...gates, `gate-${gates.length + 1}`] })}
        >
          Add a gate
        </button>
      </div>
    </More>
  );
}
