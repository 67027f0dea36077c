// A number with its bounds and its unit; what is out of bounds is said below it, at once.
import type { ReactNode } from 'react';
import { Field } from '../../parts/form.tsx';
import { type Bounds, numberComplaint } from '../form/complaints.ts';

export function NumberField(props: {
  label: string;
  bounds: Bounds;
  value: string;
  onText: (text: string) => void;
  hint: ReactNode;
  /** what an empty field stands for; absent: it must be filled in */
  whenEmpty?: string;
}): ReactNode {
  const { label, bounds, value, onText, hint, whenEmpty } = props;
  const { unit, isWhole = false } = bounds;
  return (
    <Field
      label={unit === undefined ? label : `${label}, ${unit}`}
      type="number"
      step={isWhole ? 1 : 'any'}
      required={whenEmpty === undefined}
      placeholder={whenEmpty}
      value={value}
      onText={onText}
      hint={hint}
      trouble={numberComplaint(value, bounds)}
    />
  );
}
