// What is wrong with what is filled in, for the field where it can be put right. Empty: nothing. Pure; the coordinator
// holds the same rules against every draft.
import type { ModelVersion } from '@sidemark/core/contract';
import { cellsOf, cellWords, classCellsOf, classifierOf, manifestOf } from './cells.ts';
import { sizesOf } from './draft-of.ts';
import { type ClassifierRow, exploratory, type ProtocolForm, type SwapForm } from './protocol-form.ts';

type Models = readonly ModelVersion[];

export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
  readonly isOdd?: boolean;
  /** as in `%` or `px` */
  readonly unit?: string;
}

/** @param text as typed; the browser itself asks for what is empty and must not be */
export function numberComplaint(text: string, { least, most, isWhole, isOdd, unit }: Bounds): string {
  if (text === '') return '';
  const value = Number(text);
  const kind = isOdd ? 'An odd number' : isWhole ? 'A whole number' : 'A number';
  const isRight =
    value >= least &&
    value <= most &&
    (!isWhole || Number.isInteger(value)) &&
    (!isOdd || Math.abs(value) % 2 === 1);
  return isRight ? '' : `${kind} from ${least} to ${most}${unit === undefined ? '' : ` ${unit}`}.`;
}

/** @param row with the sides of a comparison or an agreement @param cells that there are */
function sidesOf(row: { a: string; b: string }, cells: readonly string[], kind: string) {
  const gone = (cell: string): string =>
    cells.includes(cell) ? '' : `${cellWords(cell)} is not among the ${kind} and arms chosen above.`;
  return { a: gone(row.a), b: gone(row.b) };
}

const nameComplaint = (id: string, rows: readonly { id: string }[], what: string): string =>
  rows.filter((row) => row.id === id).length > 1 ? `Two ${what} have this name.` : '';

export interface PairComplaints {
  readonly id: string;
  readonly a: string;
  readonly b: string;
}

export function comparisonComplaints(at: number, form: ProtocolForm, models: Models): PairComplaints {
  const row = form.comparisons[at]!;
  const sides = sidesOf(row, cellsOf(form, models), 'classifiers with an AUC');
  return {
    id: nameComplaint(row.id, form.comparisons, 'comparisons'),
    a: sides.a,
    b: row.a === row.b ? 'Both sides are the same.' : sides.b,
  };
}

export function agreementComplaints(at: number, form: ProtocolForm, models: Models): PairComplaints {
  const row = form.agreements[at]!;
  const sides = sidesOf(row, classCellsOf(form, models), 'multi-class classifiers');
  const [a, b] = [classifierOf(row.a), classifierOf(row.b)];
  const labels = (id: string): string | undefined => {
    const model = form.classifiers.find((one) => one.id === id)?.model ?? '';
    return manifestOf(model, models)?.labels.join('\n');
  };
  const same = 'Two arms of one classifier are laid against each other anyway: choose another one.';
  const other = labels(a) === labels(b) ? '' : 'The two classifiers have different labels.';
  return {
    id: nameComplaint(row.id, form.agreements, 'agreements'),
    a: sides.a,
    b: sides.b || (a === b ? same : other),
  };
}

/** A later gate that nothing leads to. */
export function gateComplaint({ comparisons, gates: [first = 'primary'] }: ProtocolForm): string {
  const isPlanned = comparisons.some(({ gate }) => gate !== exploratory);
  return isPlanned && !comparisons.some(({ gate }) => gate === first)
    ? `Nothing is asked as ${first}, so what is behind it is never asked: ask one comparison as ${first}.`
    : '';
}

export function gateNameComplaint(at: number, { gates }: ProtocolForm): string {
  const name = gates[at]!;
  if (name === exploratory) return 'That is what comparisons behind no gate are called.';
  return gates.indexOf(name) === at ? '' : 'Two gates have this name.';
}

export const classifierNameComplaint = ({ id }: ClassifierRow, { classifiers }: ProtocolForm): string =>
  nameComplaint(id, classifiers, 'classifiers');

/** The folds of one name hold out different parts of one division. */
export function foldComplaint(row: ClassifierRow, { classifiers }: ProtocolForm, models: Models): string {
  if (row.foldOf === '') return '';
  const own = manifestOf(row.model, models)?.fold;
  if (own === undefined) return 'The manifest of this model names no fold.';
  const others = classifiers
    .filter(({ foldOf, model }) => foldOf === row.foldOf && model !== row.model)
    .flatMap(({ model }) => manifestOf(model, models)?.fold ?? []);
  if (others.some(({ k }) => k !== own.k)) return 'Others of this name are folds of another division.';
  return others.some(({ heldOut }) => heldOut === own.heldOut)
    ? 'Another of this name holds out the same fold.'
    : '';
}

/** @returns by field of the form */
export function swapComplaints(
  { letters, looks, corners, sizes }: SwapForm,
  arms: readonly string[],
): Readonly<Record<'isOn' | 'letters' | 'looks' | 'corners' | 'sizes', string>> {
  const none = (list: readonly string[]): string => (list.length === 0 ? 'Choose at least one.' : '');
  return {
    isOn: arms.includes('inpainted') ? '' : 'Glyphs are drawn on the inpainted film: tick the arm inpainted.',
    ...{ letters: none(letters), looks: none(looks), corners: none(corners) },
    sizes: sizesComplaint(sizesOf(sizes)),
  };
}

function sizesComplaint(sizes: readonly number[]): string {
  if (sizes.length === 0 || sizes.length > 6 || !sizes.every((one) => one >= 1 && one <= 20))
    return 'One to six numbers from 1 to 20 %, with commas between.';
  return new Set(sizes).size < sizes.length ? 'None is named twice.' : '';
}
