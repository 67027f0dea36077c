// Parts of forms: a field with its name and its hint, what went wrong, and the button.
import { type FormEvent, type InputHTMLAttributes, type ReactNode, useId } from 'react';
import type { Deed } from '../../live/use-deed.ts';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'>;

export function Field(
  props: Input & {
    label: string;
    hint?: ReactNode;
    /** what the browser says when the form is sent; empty: nothing is wrong */
    complaint?: string;
    onText: (text: string) => void;
  },
): ReactNode {
  const { label, hint, complaint = '', onText, ...input } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        required
        spellCheck={false}
        {...input}
        id={id}
        ref={(element) => element?.setCustomValidity(complaint)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Select<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, text: string])[];
  onPick: (value: Value) => void;
  hint?: ReactNode;
}): ReactNode {
  const { label, value, options, onPick, hint } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
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
      {hint && (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
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
