// Models and arms as a form names them: which cells have an AUC, which have classes, and what the paper compares. Pure.
import type { ClassifierManifest, ModelVersion } from '@sidemark/core/contract';
import type { ArmName } from '../../../routes/route.ts';
import {
  called,
  type AgreementRow,
  type CellName,
  type ClassifierRow,
  type ComparisonRow,
  type ProtocolForm,
} from './protocol-form.ts';

type Chosen = Pick<ProtocolForm, 'classifiers' | 'arms'>;
type Models = readonly ModelVersion[];

/** @param name NAME@VERSION. @returns undefined: it is no classifier, or not released */
export function manifestOf(name: string, models: Models): ClassifierManifest | undefined {
  const manifest = models.find((one) => called(one) === name)?.manifest;
  return manifest?.role === 'classifier' ? manifest : undefined;
}

const isMulticlass = (name: string, models: Models): boolean =>
  manifestOf(name, models)?.decode.variant === 'multiclass';

const cellsWhere = ({ classifiers, arms }: Chosen, fits: (model: string) => boolean): CellName[] =>
  classifiers.filter(({ model }) => fits(model)).flatMap(({ id }) => arms.map((arm) => `${id}/${arm}`));

/** Cells that have an AUC: multi-class models have none. */
export const cellsOf = (form: Chosen, models: Models): CellName[] =>
  cellsWhere(form, (model) => manifestOf(model, models) !== undefined && !isMulticlass(model, models));

/** Cells whose answers are classes. */
export const classCellsOf = (form: Chosen, models: Models): CellName[] =>
  cellsWhere(form, (model) => isMulticlass(model, models));

export const classifierOf = (cell: CellName): string => cell.slice(0, cell.lastIndexOf('/'));
export const armOf = (cell: CellName): ArmName => cell.slice(cell.lastIndexOf('/') + 1) as ArmName;
export const cellWords = (cell: CellName): string => `${classifierOf(cell)} on ${armOf(cell)}`;

/** The arm that a model was trained on, as its manifest says. */
export const trainedArmOf = (name: string, models: Models): ArmName | null =>
  manifestOf(name, models)?.trainedArm ?? null;

/** The comparisons of the paper: a model trained on another arm against one trained on the original, each on its own; and what
 * is left of the latter when the markers are gone. The first is behind the first gate. */
export function suggested(
  { classifiers, arms, gates }: Chosen & Pick<ProtocolForm, 'gates'>,
  models: Models,
): ComparisonRow[] {
  const cells = new Set(cellsOf({ classifiers, arms }, models));
  const own = classifiers.map(({ id, model }) => ({ id, arm: trainedArmOf(model, models) }));
  const pair = (name: string, a: CellName, b: CellName): [string, CellName, CellName][] =>
    cells.has(a) && cells.has(b) ? [[name.slice(0, 64).replace(/-$/, ''), a, b]] : [];
  const originals = own.filter(({ arm }) => arm === 'original');
  const found = originals.flatMap((base) => [
    ...own
      .filter(({ id, arm }) => id !== base.id && arm !== null && arm !== 'original')
      .flatMap(({ id, arm }) => pair(`${id}-vs-${base.id}`, `${id}/${arm}`, `${base.id}/original`)),
    ...pair(`${base.id}-marker-removed`, `${base.id}/inpainted`, `${base.id}/original`),
  ]);
  return found.map(([id, a, b], at) => ({
    ...{ id, a, b, question: 'difference', margin: '0.05' },
    gate: at === 0 ? (gates[0] ?? 'primary') : 'exploratory',
  }));
}

/** Two multi-class classifiers with the same labels, each on the arm that it was trained on where that is evaluated. */
export function nextAgreement(form: ProtocolForm, models: Models): AgreementRow | undefined {
  const { classifiers, arms, agreements } = form;
  const graded = classifiers.filter(({ model }) => isMulticlass(model, models));
  const labels = (model: string): string => manifestOf(model, models)?.labels.join('\n') ?? '';
  const cell = ({ id, model }: (typeof graded)[number]): CellName => {
    const own = trainedArmOf(model, models);
    return `${id}/${own !== null && arms.includes(own) ? own : (arms[0] ?? 'original')}`;
  };
  const pairs = graded.flatMap((a, at) =>
    graded
      .slice(at + 1)
      .filter((b) => labels(a.model) === labels(b.model))
      .map((b) => ({ a: cell(a), b: cell(b) })),
  );
  const fresh = pairs.find(({ a, b }) => !agreements.some((row) => row.a === a && row.b === b)) ?? pairs[0];
  return fresh && { id: `agreement-${agreements.length + 1}`, ...fresh };
}

/** A classifier called otherwise: what names it goes along, unless two have had or would have the name. */
export function renamed(
  { classifiers, comparisons, agreements }: ProtocolForm,
  row: ClassifierRow,
  id: string,
): Partial<ProtocolForm> {
  const next = classifiers.map((one) => (one.model === row.model ? { ...one, id } : one));
  const isShared = classifiers.some((one) => one.model !== row.model && [id, row.id].includes(one.id));
  if (isShared) return { classifiers: next };
  const moved = (cell: CellName): CellName => (classifierOf(cell) === row.id ? `${id}/${armOf(cell)}` : cell);
  const both = <Row extends AgreementRow>(one: Row): Row => ({ ...one, a: moved(one.a), b: moved(one.b) });
  return { classifiers: next, comparisons: comparisons.map(both), agreements: agreements.map(both) };
}
