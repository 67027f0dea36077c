// A short name of the contract: a-z, 0-9 and inner hyphens.
import type { InputHTMLAttributes, ReactNode } from 'react';
import { Field } from './form.tsx';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'>;

export function SlugField(
  props: Input & { label: string; hint?: ReactNode; trouble?: string; onText: (text: string) => void },
): ReactNode {
  const { onText, ...field } = props;
  return (
    <Field
      pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
      title="small letters, figures and inner hyphens; at most 64"
      autoCapitalize="none"
      {...field}
      onText={(text) => onText(text.toLowerCase().replace(/\s/g, '-'))}
    />
  );
}

/** `Side markers, 2026` gives `side-markers-2026`. */
export function slugFrom(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-$/, '');
}
