// What a person has filled in, kept in this tab until it is sent: a sign-in that ends meanwhile, or a reload, loses nothing.
import { useState } from 'react';

/** @param key names what is filled in @returns value, setter, and what forgets it */
export function useKept<T extends object>(
  key: string,
  initial: () => T,
): readonly [T, (change: Partial<T>) => void, () => void] {
  const place = `sidemark.kept.${key}`;
  const [value, setValue] = useState<T>(() => ({ ...initial(), ...kept<T>(place) }));
  const change = (part: Partial<T>): void =>
    setValue((before) => {
      const next = { ...before, ...part };
      sessionStorage.setItem(place, JSON.stringify(next));
      return next;
    });
  const forget = (): void => sessionStorage.removeItem(place);
  return [value, change, forget];
}

function kept<T>(place: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}
