// On how many patients do two cells differ? A figure of the one, beside the same figure of the other, tells of them.
// Everything here depends on scores and never on labels: what is withheld or held tells nothing of a label.
import { midranks } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import type { Curve, Order } from '../curves.ts';
import { rowsOutOfOrder } from './order-changes.ts';
import { patientsWhere } from './patients-where.ts';
import type { Picture } from '../pictures.ts';

/** A patient who moves by this share of all ranks moves far. */
const farShare = 0.25;
/** Those who move far stand for the whole difference when they hold this share of the squared moves. */
const wholeShare = 0.9;

/**
 * The patients on whom the figures of two cells differ; 0 when they are the same. Exact below `floor`, a lower bound
 * from it on. O(n log n).
 * Two arms of a classifier: patients with another score (or class). Two classifiers: those to be left out until both
 * put the rest in one order, which is all an AUC knows, so that a rescaled copy is seen through. In either case, when
 * fewer than `floor` patients move far and stand for the whole difference: these, so that a crowd of tiny moves hides nobody.
 * A curve upside down has the AUC 1 - AUC, and is looked at both ways.
 * @param patients parallel to the curves' values
 * @param floor patients, >= 1; at 1 nothing is too few
 */
export function affectedPatients(a: Curve, b: Curve, patients: readonly number[], floor: number): number {
  const differing = (): number => patientsWhere(patients, (row) => a.values[row] !== b.values[row]);
  if (!a.order || !b.order) return differing();
  const counted =
    a.classifier === b.classifier ? differing() : reorderedPatients(a.order, b.order, patients, floor);
  const far = farPatients(a.order.ranks, b.order.ranks, patients);
  const direct = isTooFew(far, floor) ? Math.min(counted, far) : counted;
  return Math.min(direct, affectedUpsideDown(a.order, b.order, patients, floor));
}

function affectedUpsideDown(a: Order, b: Order, patients: readonly number[], floor: number): number {
  const turned = {
    ranks: b.ranks.map((rank) => b.ranks.length + 1 - rank),
    rows: [...b.rows].reverse(),
  };
  const counted = reorderedPatients(a, turned, patients, floor);
  const far = farPatients(a.ranks, turned.ranks, patients);
  return isTooFew(far, floor) ? Math.min(counted, far) : counted;
}

/**
 * Patients whose answers differ in two multi-class cells: as they are, or once the answers of one are renamed by what the
 * other mostly says, where these are fewer and not none. @param patients parallel to the answers
 */
export function answeredOtherwise(a: Curve, b: Curve, patients: readonly number[]): number {
  const differ = patientsWhere(patients, (row) => a.values[row] !== b.values[row]);
  const renamed = [outsideOfMost(a.values, b.values, patients), outsideOfMost(b.values, a.values, patients)];
  return Math.min(...[differ, ...renamed].filter((one) => one > 0), Infinity);
}

/** Patients on whom b is not what it mostly is for the answer of a. */
function outsideOfMost(a: readonly number[], b: readonly number[], patients: readonly number[]): number {
  const counts = new Map<number, Map<number, number>>();
  a.forEach((from, row) => {
    const line = counts.get(from) ?? new Map<number, number>();
    counts.set(from, line.set(b[row]!, (line.get(b[row]!) ?? 0) + 1));
  });
  const most = new Map(
    [...counts].map(([from, line]) => [from, [...line].sort((x, y) => y[1] - x[1] || x[0] - y[0])[0]![0]]),
  );
  return patientsWhere(patients, (row) => most.get(a[row]!) !== b[row]);
}

/**
 * Patients whose decisions differ in two cells, or are the same where these are fewer: a decision upside down has the
 * same counts. @param patients parallel to the decisions
 */
export function decidedOtherwise(
  a: readonly boolean[],
  b: readonly boolean[],
  patients: readonly number[],
): number {
  const differ = patientsWhere(patients, (row) => a[row] !== b[row]);
  return Math.min(
    differ,
    patientsWhere(patients, (row) => a[row] === b[row]),
  );
}

/** Patients on whom two pictures differ; those of large changes alone, when they stand for the whole difference. */
export function redrawnPatients(a: Picture, b: Picture, patients: readonly number[], floor: number): number {
  const differing = patientsWhere(patients, (row) => a.prints[row] !== b.prints[row]);
  const far = farPatients([...midranks(a.sizes)], [...midranks(b.sizes)], patients);
  return isTooFew(far, floor) ? Math.min(differing, far) : differing;
}

function reorderedPatients(a: Order, b: Order, patients: readonly number[], floor: number): number {
  const atLeast = discordantNeighbours(a, b, patients, floor);
  if (atLeast >= floor) return atLeast;
  const rows = new Set(rowsOutOfOrder(a.ranks, b.ranks));
  return patientsWhere(patients, (row) => rows.has(row));
}

/** Pairs of neighbours in a that b puts the other way round, no patient in two of them, up to `enough`: each costs a patient. */
function discordantNeighbours(a: Order, b: Order, patients: readonly number[], enough: number): number {
  const seen = new Set<number>();
  let pairs = 0;
  for (let at = 1; at < a.rows.length && pairs < enough; at++) {
    const [low, high] = [a.rows[at - 1]!, a.rows[at]!];
    const free = !seen.has(patients[low]!) && !seen.has(patients[high]!);
    if (!free || a.ranks[low] === a.ranks[high] || b.ranks[low]! <= b.ranks[high]!) continue;
    pairs++;
    seen.add(patients[low]!).add(patients[high]!);
  }
  return pairs;
}

/** Patients who move far, when they stand for the whole difference; otherwise 0. @param a @param b midranks */
function farPatients(a: readonly number[], b: readonly number[], patients: readonly number[]): number {
  const far = new Set<number>();
  let [ofFar, ofAll] = [0, 0];
  a.forEach((rank, row) => {
    const move = Math.abs(rank - b[row]!);
    ofAll += move * move;
    if (move < farShare * a.length) return;
    ofFar += move * move;
    far.add(patients[row]!);
  });
  return ofFar >= wholeShare * ofAll ? far.size : 0;
}
