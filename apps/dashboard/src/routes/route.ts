// Addresses of pages, after the #: they can be shared, and the server need not know them.
import type { Arm } from '@sidemark/core/contract';
import type { z } from 'zod';
import { officeHrefs, type OfficeRoute, readOfficeRoute } from './office-route.ts';

type ArmName = z.infer<typeof Arm>;

/** What the forest plot shows: a comparison, or the AUC of one model on one arm. */
export type FigureRef =
  | { readonly kind: 'comparison'; readonly id: string }
  | { readonly kind: 'cell'; readonly classifier: string; readonly arm: ArmName };

export type Route =
  | { readonly page: 'studies' }
  | { readonly page: 'study'; readonly study: string }
  | { readonly page: 'run'; readonly run: string; readonly figure: FigureRef | null }
  | { readonly page: 'report'; readonly run: string; readonly digest: string }
  | OfficeRoute
  | { readonly page: 'nowhere' };

/** @param hash as in location.hash, with or without its # */
export function readRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  const [room = '', id = '', sort, first = '', second = ''] = parts;
  if (room === '') return { page: 'studies' };
  if (room === 'studies' && id !== '' && sort === undefined) return { page: 'study', study: id };
  if (room === 'runs' && id !== '') {
    if (sort === undefined) return { page: 'run', run: id, figure: null };
    if (sort === 'comparisons' && first !== '')
      return { page: 'run', run: id, figure: { kind: 'comparison', id: first } };
    if (sort === 'cells' && isArm(second))
      return { page: 'run', run: id, figure: { kind: 'cell', classifier: first, arm: second } };
    if (sort === 'reports' && first !== '') return { page: 'report', run: id, digest: first };
  }
  return readOfficeRoute(parts) ?? { page: 'nowhere' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const arms: readonly string[] = ['original', 'inpainted', 'clipped', 'placebo'] satisfies ArmName[];
const isArm = (text: string): text is ArmName => arms.includes(text);

export const hrefs = {
  ...officeHrefs,
  studies: '#/',
  study: (id: string): string => `#/studies/${id}`,
  run: (id: string): string => `#/runs/${id}`,
  figure: (run: string, figure: FigureRef): string =>
    figure.kind === 'comparison'
      ? `#/runs/${run}/comparisons/${figure.id}`
      : `#/runs/${run}/cells/${figure.classifier}/${figure.arm}`,
  report: (run: string, digest: string): string => `#/runs/${run}/reports/${digest}`,
} as const;
