// The images that every cell of the protocol could score: all figures of a report are on these and no others.
import type { CellRef, ProtocolDocument } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import type { ImageOutcome, ScoredImage } from '../image/image-outcome.ts';

export interface Size {
  images: number;
  patients: number;
}

export interface CommonSet {
  /** in dataset order; every other list is parallel to it */
  rows: readonly DatasetRow[];
  images: readonly ScoredImage[];
  labels: readonly (0 | 1)[];
  /** patient numbers by first appearance, when some patient has several images */
  clusters: readonly number[] | undefined;
}

/** @param outcomes parallel to rows */
export function commonSet(rows: readonly DatasetRow[], outcomes: readonly ImageOutcome[]): CommonSet {
  const kept = rows.flatMap((row, i) => {
    const outcome = outcomes[i]!;
    return outcome.kind === 'scored' ? [{ row, outcome }] : [];
  });
  const ofRows = kept.map(({ row }) => row);
  return {
    rows: ofRows,
    images: kept.map(({ outcome }) => outcome),
    labels: ofRows.map(({ label }) => label),
    clusters: patientNumbers(ofRows),
  };
}

/** Images and distinct patients. */
export function sizeOf(rows: readonly DatasetRow[]): Size {
  return { images: rows.length, patients: new Set(rows.map(({ patient }) => patient)).size };
}

/** Sizes of the two classes; a patient with both counts in both. */
export function classSizes({ rows }: CommonSet): { positives: Size; negatives: Size } {
  return {
    positives: sizeOf(rows.filter(({ label }) => label === 1)),
    negatives: sizeOf(rows.filter(({ label }) => label === 0)),
  };
}

/** Classifier and arm of a cell, as indices of the protocol. */
export function placeOf(protocol: ProtocolDocument, { classifier, arm }: CellRef): [number, number] {
  return [protocol.classifiers.findIndex(({ id }) => id === classifier), protocol.arms.indexOf(arm)];
}

/** Logits of one classifier on one arm; `logit` 0 is all there is of a binary classifier. */
export function curveOf({ images }: CommonSet, classifier: number, arm: number): number[] {
  return images.map(({ scores }) => scores[classifier]![arm]![0]!);
}

function patientNumbers(rows: readonly DatasetRow[]): number[] | undefined {
  const numbers = new Map<string, number>();
  const of = rows.map(({ patient }) => {
    const number = numbers.get(patient) ?? numbers.size;
    numbers.set(patient, number);
    return number;
  });
  return numbers.size < rows.length ? of : undefined;
}
