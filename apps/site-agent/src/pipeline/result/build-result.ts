// From what became of every image to the result of a report. Pure; every sum runs in dataset order.
import { type ProtocolDocument, ReportResult, SkipReason } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import { binaryResult } from './binary-result.ts';
import { commonSet, type CommonSet, sizeOf } from './common-set.ts';
import { comparisonResults } from './comparisons.ts';
import { cellsOf } from './curves.ts';
import { type DisclosureFacts, disclosureFacts } from './disclosure-facts.ts';
import { multiclassResult } from './multiclass-result.ts';
import { withheldFigures } from './withheld.ts';

export interface ResultParts {
  protocol: ProtocolDocument;
  models: LocalModels;
  /** in dataset order */
  rows: readonly DatasetRow[];
  /** parallel to rows */
  outcomes: readonly ImageOutcome[];
  /** fewest patients that a figure may rest on; 1 withholds nothing */
  floor: number;
}

export interface Evaluated {
  result: ReportResult;
  /** for the gate of this site, never sent */
  facts: DisclosureFacts;
}

/** @throws ZodError when the result does not fit the contract: a fault of this program */
export function buildResult({ protocol, models, rows, outcomes, floor }: ResultParts): Evaluated {
  const set = commonSet(rows, outcomes);
  const cells = cellsOf(set, protocol, models);
  const withheld = withheldFigures(cells, floor);
  const result = ReportResult.parse({
    schema: 'sidemark.result/1',
    images: { registered: sizeOf(rows), evaluated: sizeOf(set.rows), skipped: countSkips(outcomes) },
    inert: countInert(set),
    markers: countMarked(set),
    classifiers: models.classifiers.map((model, index) =>
      model.manifest.decode.variant === 'multiclass'
        ? multiclassResult(set, index, model, protocol.arms)
        : binaryResult(set, index, model, protocol, withheld),
    ),
    comparisons: comparisonResults(set, protocol, models, withheld),
  });
  return { result, facts: disclosureFacts(cells, set.rows, floor) };
}

/** Reasons that occurred, in the order of the contract. */
function countSkips(outcomes: readonly ImageOutcome[]): ReportResult['images']['skipped'] {
  return SkipReason.options
    .map((reason) => ({
      reason,
      images: outcomes.filter((one) => one.kind === 'skipped' && one.reason === reason).length,
    }))
    .filter(({ images }) => images > 0);
}

function countInert({ images }: CommonSet): ReportResult['inert'] {
  return {
    inpainted: images.filter(({ inert }) => inert.inpainted).length,
    clipped: images.filter(({ inert }) => inert.clipped).length,
  };
}

function countMarked({ images }: CommonSet): ReportResult['markers'] {
  const total = { images: 0, left: 0, right: 0, other: 0, needsReview: 0 };
  for (const { markers } of images) {
    if (markers.left + markers.right + markers.other > 0) total.images++;
    total.left += markers.left;
    total.right += markers.right;
    total.other += markers.other;
    if (markers.needsReview) total.needsReview++;
  }
  return total;
}
