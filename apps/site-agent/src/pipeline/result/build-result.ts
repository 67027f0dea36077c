// From what became of every image to the result of a report. Pure; every sum runs in dataset order.
import { type ProtocolDocument, ReportResult, SkipReason } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import { rowSetOf } from '../../dataset/row-sets.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import { binaryResult } from './binary-result.ts';
import { commonSet, type CommonSet, sizeOf } from './common-set.ts';
import { filmChecks } from './films/film-checks.ts';
import { comparisonResults } from './comparisons.ts';
import { cellsOf } from './curves.ts';
import { shownClassTables } from './disclosure/class-tables.ts';
import { type DisclosureFacts, disclosureFacts } from './disclosure/disclosure-facts.ts';
import { type Fine, type FineFacts, fineFigures } from './fine/fine-figures.ts';
import { inpaintingResult } from './films/inpainting-result.ts';
import { jointCovariance } from './joint-covariance.ts';
import type { JudgedClassifier } from './judged-classifier.ts';
import { markerCensus } from './films/marker-census.ts';
import { multiclassResult } from './multiclass-result.ts';
import { patientFolds } from './fine/patient-folds.ts';
import { placeboCounts } from './films/placebo-counts.ts';
import { belowFloor, type RowGroup, rowGroups } from './row-groups.ts';
import { withheldFigures } from './disclosure/withheld.ts';

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
  /** keys the folds of patients; the same for every run at a site */
  foldKey: string;
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
  const largest = groups.reduce((best, next) => (next.set.rows.length > best.set.rows.length ? next : best));
  const all = groups.map((group) => judgedOf(group, below, parts, group === largest));
  const judged = all.flatMap(({ classifiers }) => classifiers);
  const ofMarkers = all.find(({ labelFromMarker }) => labelFromMarker)?.labelFromMarker;
  const joint = all.flatMap(({ classifiers }) => jointCovariance(classifiers) ?? []);
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
    ...(joint.length > 0 ? { joint } : {}),
    ...(ofMarkers ? { labelFromMarker: ofMarkers } : {}),
    ...(protocol.arms.includes('placebo') ? { placebo: placeboCounts(set, floor) } : {}),
  });
  return { result, facts: all.flatMap((group) => factsOf(group, floor)) };
}

interface JudgedGroup {
  readonly classifiers: readonly JudgedClassifier[];
  readonly labelFromMarker: Fine['labelFromMarker'];
  readonly fine: FineFacts;
}

/** The classifiers of a group that are shown, each with what its figures rest on. */
function judgedOf(
  group: RowGroup,
  below: ReadonlySet<number>,
  { protocol, models, floor, foldKey }: ResultParts,
  asksMarkers: boolean,
): JudgedGroup {
  const { set } = group;
  const shown = group.classifiers.filter((index) => !below.has(index));
  const cells = cellsOf(set, protocol, models, shown);
  const withheld = withheldFigures(cells, set.labels, floor);
  const folds = patientFolds(set.rows, foldKey);
  const manifests = new Map(
    shown.map((index) => [protocol.classifiers[index]!.id, models.classifiers[index]!.manifest]),
  );
  const classTables = shownClassTables({ set, cells, manifests, floor });
  const asked = { set, cells, withheld, classTables, protocol, folds, floor, asksMarkers, manifests };
  const { figures, correctAnswers, facts, labelFromMarker } = fineFigures(asked);
  const classifiers = shown.map((index) => {
    const model = models.classifiers[index]!;
    const shownFigures = { withheld, classTables, fine: figures, correctAnswers };
    return { group, index, model, protocol, cells, ...shownFigures, floor };
  });
  return { classifiers, labelFromMarker, fine: facts };
}

/** What is withheld is shown to nobody, and adds nothing. */
function factsOf({ classifiers, fine }: JudgedGroup, floor: number): DisclosureFacts[] {
  const [first] = classifiers;
  if (!first) return [];
  const indices = classifiers.map(({ index }) => index);
  return [{ ...disclosureFacts(indices, first.cells, first.group.set.rows, floor), fine }];
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
    ...(images.some(({ inert }) => inert.placebo !== undefined)
      ? { placebo: images.filter(({ inert }) => inert.placebo).length }
      : {}),
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
