// A new password, typed twice; what can be said before the coordinator is asked.
import type { ReactNode } from 'react';
import { Field } from './form.tsx';

export interface TypedTwice {
  readonly first: string;
  readonly second: string;
}

export const nothingTyped: TypedTwice = { first: '', second: '' };
const shortest = 12;

export function NewPassword(props: { value: TypedTwice; onValue: (value: TypedTwice) => void }): ReactNode {
  const { value, onValue } = props;
  const differs = value.second !== '' && value.first !== value.second;
  return (
    <>
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        minLength={shortest}
        maxLength={200}
        value={value.first}
        onText={(first) => onValue({ ...value, first })}
        hint={`At least ${shortest} signs. A few words that have nothing to do with each other are good.`}
      />
      <Field
        label="The same again"
        type="password"
        autoComplete="new-password"
        value={value.second}
        aria-invalid={differs}
        complaint={differs ? 'The two passwords differ.' : ''}
        onText={(second) => onValue({ ...value, second })}
        hint={differs ? 'The two differ.' : undefined}
      />
    </>
  );
}
