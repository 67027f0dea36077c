// From what became of every image to the result of a report. Pure; every sum runs in dataset order.
import { type ProtocolDocument, ReportResult, SkipReason } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import { rowSetOf } from '../../dataset/row-sets.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import { binaryResult } from './binary-result.ts';
import { commonSet, type CommonSet, sizeOf } from './common-set.ts';
import { filmChecks } from './film-checks.ts';
import { comparisonResults } from './comparisons.ts';
import { cellsOf } from './curves.ts';
import { type DisclosureFacts, disclosureFacts } from './disclosure-facts.ts';
import { inpaintingResult } from './inpainting-result.ts';
import type { JudgedClassifier } from './judged-classifier.ts';
import { markerCensus } from './marker-census.ts';
import { multiclassResult } from './multiclass-result.ts';
import { belowFloor, type RowGroup, rowGroups } from './row-groups.ts';
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
  /** as the trial office names this site */
  siteName: string;
}

export interface Evaluated {
  result: ReportResult;
  /** for the gate of this site, never sent; one for each set of rows that classifiers are judged on */
  facts: DisclosureFacts[];
}

/** @throws ZodError when the result does not fit the contract: a fault of this program */
export function buildResult(parts: ResultParts): Evaluated {
  const { protocol, models, rows, outcomes, floor, siteName } = parts;
  const set = commonSet(rows, outcomes);
  const rowSets = models.classifiers.map(({ manifest }) => rowSetOf(manifest, rows, siteName));
  const groups = rowGroups(rows, outcomes, rowSets);
  const below = belowFloor(groups, models.classifiers, floor);
  const judged = groups.flatMap((group) => judgedOf(group, below, parts));
  const inpainting = inpaintingResult(set, floor);
  const result = ReportResult.parse({
    schema: 'sidemark.result/1',
    images: { registered: sizeOf(rows), evaluated: sizeOf(set.rows), skipped: countSkips(outcomes) },
    inert: countInert(set),
    ...markersOf(set, floor),
    ...filmChecks(rows, outcomes, floor),
    ...(inpainting && { inpainting }),
    classifiers: models.classifiers.map(({ sha256, manifest }, index) => {
      const one = judged.find((other) => other.index === index);
      if (!one) return { kind: 'withheld', classifier: sha256, arms: protocol.arms, reason: 'below-floor' };
      return manifest.decode.variant === 'multiclass' ? multiclassResult(one) : binaryResult(one);
    }),
    comparisons: comparisonResults(protocol, models, judged),
  });
  return { result, facts: factsOf(judged, floor) };
}

/** The classifiers of a group that are shown, each with what its figures rest on. */
function judgedOf(
  group: RowGroup,
  below: ReadonlySet<number>,
  { protocol, models, floor }: ResultParts,
): JudgedClassifier[] {
  const shown = group.classifiers.filter((index) => !below.has(index));
  const cells = cellsOf(group.set, protocol, models, shown);
  const withheld = withheldFigures(cells, floor);
  return shown.map((index) => {
    const model = models.classifiers[index]!;
    return { group, index, model, protocol, cells, withheld, floor };
  });
}

/** By group: what is withheld is shown to nobody, and adds nothing. */
function factsOf(judged: readonly JudgedClassifier[], floor: number): DisclosureFacts[] {
  return [...new Set(judged.map(({ group }) => group))].map((group) => {
    const own = judged.filter((one) => one.group === group);
    const classifiers = own.map(({ index }) => index);
    return disclosureFacts(classifiers, own[0]!.cells, group.set.rows, floor);
  });
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

/** A letter that the census withholds is not told by the number of its markers either. */
function markersOf(set: CommonSet, floor: number): Pick<ReportResult, 'markers' | 'census'> {
  const markers = countMarked(set);
  const census = markerCensus(set, floor);
  if (!census) return { markers };
  const { letters } = census;
  const told = (side: 'left' | 'right' | 'other'): number | null =>
    letters[side] === null ? null : markers[side];
  return { markers: { ...markers, left: told('left'), right: told('right'), other: told('other') }, census };
}

function countMarked({ images }: CommonSet): Record<keyof ReportResult['markers'], number> {
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
