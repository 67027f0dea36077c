// One classifier with all that its figures rest on, and the figures of what it draws.
import {
  type BinaryResult,
  type ClassifierManifest,
  mapMethodOf,
  type ProtocolDocument,
} from '@sidemark/core/contract';
import type { LocalModel } from '../../models/local-model.ts';
import type { MappedArm } from '../image/image-outcome.ts';
import type { Cells } from './curves.ts';
import { camResult, segmentationResult } from './films/film-figures.ts';
import type { FineFigures } from './fine/fine-figures.ts';
import type { CorrectAnswers } from './fine/paired-correctness.ts';
import type { RowGroup } from './row-groups.ts';
import type { ShownClassTables } from './disclosure/class-tables.ts';
import type { Withheld } from './disclosure/withheld.ts';

export interface JudgedClassifier {
  readonly group: RowGroup;
  /** of the classifier in the protocol */
  readonly index: number;
  readonly model: LocalModel<ClassifierManifest>;
  readonly protocol: ProtocolDocument;
  /** of the group */
  readonly cells: Cells;
  /** of the group */
  readonly withheld: Withheld;
  /** of the group */
  readonly fine: FineFigures;
  /** of the group */
  readonly classTables: ShownClassTables;
  /** of the group */
  readonly correctAnswers: CorrectAnswers;
  /** fewest patients that a figure may rest on */
  readonly floor: number;
}

/** Segmentation of a multi-task classifier, activation maps of one that gives them. */
export function drawnFigures(judged: JudgedClassifier): Pick<BinaryResult, 'segmentation' | 'cam'> {
  const { index, model, protocol, cells, floor } = judged;
  const { images } = judged.group.set;
  const { id } = protocol.classifiers[index]!;
  const figures = {
    curves: cells.curves.filter(({ classifier }) => classifier === id),
    patients: cells.patients,
    floor,
  };
  const segmented = protocol.arms.map((_, arm) => images.map((one) => one.segmented?.[index]?.[arm]));
  const mapped = protocol.arms.map((_, arm) =>
    images.map((one): MappedArm => one.mapped?.[index]?.[arm] ?? { print: 0, shares: null }),
  );
  const { decode } = model.manifest;
  const method = mapMethodOf(model.manifest);
  const bothEmpty = protocol.segmentation?.bothEmpty ?? 'one';
  return {
    ...(decode.variant === 'multitask'
      ? { segmentation: segmentationResult(segmented, bothEmpty, figures) }
      : {}),
    ...(method ? { cam: camResult(mapped, method, figures) } : {}),
  };
}
