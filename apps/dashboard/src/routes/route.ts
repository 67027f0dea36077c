// Addresses of pages, after the #: they can be shared, and the server need not know them.
import type { Arm } from '@sidemark/core/contract';
import type { z } from 'zod';
import { officeHrefs, type OfficeRoute, readOfficeRoute } from './office-route.ts';

export type ArmName = z.infer<typeof Arm>;

/** What the forest plot shows: a comparison, or the AUC of one model on one arm. */
export type FigureRef =
  | { readonly kind: 'comparison'; readonly id: string }
  | { readonly kind: 'cell'; readonly classifier: string; readonly arm: ArmName };

/** How a reader looks at a run; null: as it comes. */
export interface RunView {
  /** the model that is shown in depth */
  readonly model: string | null;
  /** the two arms that tables lay side by side */
  readonly arms: readonly [ArmName, ArmName] | null;
  /** the section that was linked to */
  readonly at: string | null;
  /** reports whose provenance is open: `all`, or the beginnings of their digests with dots between */
  readonly from: string | null;
}

/** Two runs side by side, and a model of each; null: not chosen. */
export interface ComparedRuns {
  readonly left: string | null;
  readonly right: string | null;
  readonly leftModel: string | null;
  readonly rightModel: string | null;
}

export type Route =
  | { readonly page: 'studies' }
  | { readonly page: 'study'; readonly study: string }
  | {
      readonly page: 'run';
      readonly run: string;
      readonly figure: FigureRef | null;
      readonly view: RunView;
    }
  | { readonly page: 'reports'; readonly run: string }
  | { readonly page: 'report'; readonly run: string; readonly digest: string }
  | OfficeRoute
  | { readonly page: 'compare'; readonly of: ComparedRuns }
  | { readonly page: 'audit'; readonly of: string | null }
  | { readonly page: 'nowhere' };

/** @param hash as in location.hash, with or without its # */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const parts = path.split('/').map(decoded);
  const [room = '', id = '', sort, first = '', second = ''] = parts;
  const asked = new URLSearchParams(query);
  if (room === '') return { page: 'studies' };
  if (room === 'audit' && id === '') return { page: 'audit', of: asked.get('of') };
  if (room === 'compare') return { page: 'compare', of: readCompared(id, sort, asked) };
  if (room === 'studies' && id !== '' && sort === undefined) return { page: 'study', study: id };
  if (room !== 'runs' || id === '') return readOfficeRoute(parts) ?? { page: 'nowhere' };
  if (sort === 'reports')
    return first === '' ? { page: 'reports', run: id } : { page: 'report', run: id, digest: first };
  const figure = readFigure(sort, first, second);
  return figure === undefined ? { page: 'nowhere' } : { page: 'run', run: id, figure, view: readView(asked) };
}

function readFigure(sort: string | undefined, first: string, second: string): FigureRef | null | undefined {
  if (sort === undefined) return null;
  if (sort === 'comparisons' && first !== '') return { kind: 'comparison', id: first };
  if (sort === 'cells' && isArm(second)) return { kind: 'cell', classifier: first, arm: second };
  return undefined;
}

function readView(asked: URLSearchParams): RunView {
  const [a = '', b = ''] = (asked.get('arms') ?? '').split('.');
  return {
    model: asked.get('model'),
    arms: isArm(a) && isArm(b) && a !== b ? [a, b] : null,
    at: asked.get('at'),
    from: asked.get('from'),
  };
}

function readCompared(left: string, right: string | undefined, asked: URLSearchParams): ComparedRuns {
  return {
    left: left === '' ? null : left,
    right: right === undefined || right === '' ? null : right,
    leftModel: asked.get('left'),
    rightModel: asked.get('right'),
  };
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

const figurePath = (figure: FigureRef | null): string => {
  if (figure === null) return '';
  return figure.kind === 'comparison'
    ? `/comparisons/${figure.id}`
    : `/cells/${figure.classifier}/${figure.arm}`;
};

function queryOf(values: Readonly<Record<string, string | null | undefined>>): string {
  const there = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return there.length === 0 ? '' : `?${new URLSearchParams(there).toString()}`;
}

export const asItComes: RunView = { model: null, arms: null, at: null, from: null };
export const nothingChosen: ComparedRuns = { left: null, right: null, leftModel: null, rightModel: null };

export const hrefs = {
  ...officeHrefs,
  studies: '#/',
  audit: '#/audit',
  /** @param thing that entries are of, as in `report.accepted`; null: all */
  auditOf: (thing: string | null): string => `#/audit${queryOf({ of: thing })}`,
  study: (id: string): string => `#/studies/${id}`,
  run: (id: string): string => `#/runs/${id}`,
  figure: (run: string, figure: FigureRef | null, view: RunView = asItComes): string =>
    `#/runs/${run}${figurePath(figure)}${queryOf({ ...view, arms: view.arms?.join('.') })}`,
  reports: (run: string): string => `#/runs/${run}/reports`,
  report: (run: string, digest: string): string => `#/runs/${run}/reports/${digest}`,
  compare: ({ left, right, leftModel, rightModel }: ComparedRuns): string =>
    `#/compare${left === null ? '' : `/${left}${right === null ? '' : `/${right}`}`}${queryOf({ left: leftModel, right: rightModel })}`,
} as const;
