// How large a reproduction is. What it does is the same in both sizes; only the full one is worth reading.
import type { HoleFill } from '@sidemark/core/contract';

export interface Settings {
  readonly name: 'full' | 'quick';
  /** of every hospital */
  readonly films: number;
  /** drawn hospitals that take part; the first is the internal one */
  readonly hospitals: readonly string[];
  /** trainings, of the five that are shipped */
  readonly seeds: readonly number[];
  /** other than by the model */
  readonly fills: readonly HoleFill[];
  /** of each pack of phantoms */
  readonly packFilms: number;
}

export const fullSize: Settings = {
  name: 'full',
  films: 120,
  hospitals: ['harbour', 'hillside', 'riverside', 'lakeside', 'northgate', 'valley'],
  seeds: [1, 2, 3, 4, 5],
  fills: ['harmonic', 'border-median', 'blackout'],
  packFilms: 6,
};

export const quickSize: Settings = {
  name: 'quick',
  films: 32,
  hospitals: ['harbour', 'hillside', 'northgate'],
  seeds: [1],
  fills: ['blackout'],
  packFilms: 4,
};
