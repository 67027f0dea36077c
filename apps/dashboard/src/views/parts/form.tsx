// Parts of forms: a field with its name and its hint, what went wrong, and the button.
import { type FormEvent, type InputHTMLAttributes, type ReactNode, useId } from 'react';
import type { Deed } from '../../live/use-deed.ts';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'>;

/** What ties a field to the lines below it. */
function describedBy(id: string, hint: ReactNode, trouble: string) {
  const lines = [...(trouble ? [`${id}-trouble`] : []), ...(hint ? [`${id}-hint`] : [])];
  return {
    'aria-describedby': lines.length === 0 ? undefined : lines.join(' '),
    'aria-invalid': trouble === '' ? undefined : true,
  };
}

function Below({ id, hint, trouble }: { id: string; hint: ReactNode; trouble: string }): ReactNode {
  return (
    <>
      {trouble && (
        <p id={`${id}-trouble`} className="complaint">
          {trouble}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
    </>
  );
}

export function Field(
  props: Input & {
    label: string;
    hint?: ReactNode;
    /** what the browser says when the form is sent; empty: nothing is wrong */
    complaint?: string;
    /** a complaint that is seen at once, below the field */
    trouble?: string;
    onText: (text: string) => void;
  },
): ReactNode {
  const { label, hint, complaint = '', trouble = '', onText, ...input } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        required
        spellCheck={false}
        {...input}
        id={id}
        ref={(element) => element?.setCustomValidity(trouble || complaint)}
        {...describedBy(id, hint, trouble)}
        onChange={(event) => onText(event.target.value)}
      />
      <Below id={id} hint={hint} trouble={trouble} />
    </div>
  );
}

export function Select<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, text: string])[];
  onPick: (value: Value) => void;
  hint?: ReactNode;
  /** what is wrong with it, seen at once; keeps the form from being sent */
  trouble?: string;
}): ReactNode {
  const { label, value, options, onPick, hint, trouble = '' } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        ref={(element) => element?.setCustomValidity(trouble)}
        {...describedBy(id, hint, trouble)}
        onChange={(event) => {
          const picked = options.find(([one]) => one === event.target.value);
          if (picked) onPick(picked[0]);
        }}
      >
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      <Below id={id} hint={hint} trouble={trouble} />
    </div>
  );
}

export function Tick(props: {
  label: ReactNode;
  checked: boolean;
  onTick: (checked: boolean) => void;
  disabled?: boolean;
}): ReactNode {
  const { label, checked, onTick, disabled = false } = props;
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onTick(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Several of a list. */
export function TickGroup<Value extends string>(props: {
  legend: string;
  /** all there are, in their order */
  options: readonly (readonly [value: Value, text: ReactNode])[];
  chosen: readonly Value[];
  onChosen: (chosen: Value[]) => void;
  hint?: ReactNode;
  trouble?: string;
}): ReactNode {
  const { legend, options, chosen, onChosen, hint, trouble = '' } = props;
  const id = useId();
  const tick = (one: Value, isIn: boolean): void =>
    onChosen(
      options.map(([value]) => value).filter((value) => (value === one ? isIn : chosen.includes(value))),
    );
  return (
    <fieldset
      aria-describedby={describedBy(id, hint, trouble)['aria-describedby']}
      ref={(element) => element?.querySelector('input')?.setCustomValidity(trouble)}
    >
      <legend>{legend}</legend>
      {options.map(([value, text]) => (
        <Tick
          key={value}
          label={text}
          checked={chosen.includes(value)}
          onTick={(isIn) => tick(value, isIn)}
        />
      ))}
      <Below id={id} hint={hint} trouble={trouble} />
    </fieldset>
  );
}

/** What went wrong, point by point. */
export function Trouble({ deed: { failure } }: { deed: Deed }): ReactNode {
  if (!failure) return null;
  const { message, points } = failure;
  return (
    <div role="alert" className="alert">
      <p>{message}</p>
      {points.length > 0 && (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Form(props: {
  deed: Deed;
  onSubmit: () => Promise<void>;
  submit: string;
  busy?: string;
  className?: string;
  label?: string;
  children: ReactNode;
  more?: ReactNode;
}): ReactNode {
  const {
    deed,
    onSubmit,
    submit,
    busy = 'Asking the coordinator …',
    className,
    label,
    children,
    more,
  } = props;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    deed.run(onSubmit);
  };
  return (
    <form onSubmit={send} className={className} aria-label={label}>
      {children}
      <Trouble deed={deed} />
      <div className="buttons">
        <button type="submit" disabled={deed.busy}>
          {deed.busy ? busy : submit}
        </button>
        {more}
      </div>
    </form>
  );
}
