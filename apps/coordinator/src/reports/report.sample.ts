// Report results for tests: what a site would send for a protocol, with figures of choice.
import type {
  Arm,
  BinaryResult,
  MulticlassResult,
  ProtocolDocument,
  ReportResult,
} from '@sidemark/core/contract';

type Estimated = BinaryResult['auc'][number];

export interface SampleFigures {
  /** AUC and variance of a cell; 0.8 and 0.002 where it says nothing */
  readonly auc?: (classifier: string, arm: Arm) => readonly [Estimated, Estimated];
  /** difference and variance of a comparison; 0.05 and 0.001 where it says nothing */
  readonly difference?: (id: string) => readonly [number, number];
  /** class counts of the multi-class classifiers, by id */
  readonly confusion?: Readonly<Record<string, number[][]>>;
}

export const estimated = (value: number): Estimated => ({ kind: 'estimate', value });

export function sampleResult(document: ProtocolDocument, figures: SampleFigures = {}): ReportResult {
  const sha256Of = (id: string): string => document.classifiers.find((c) => c.id === id)!.model.sha256;
  return {
    schema: 'sidemark.result/1',
    images: {
      registered: { images: 110, patients: 100 },
      evaluated: { images: 107, patients: 98 },
      skipped: [
        { reason: 'truncated', images: 1 },
        { reason: 'unreadable', images: 2 },
      ],
    },
    inert: { inpainted: 17, clipped: 4 },
    markers: { images: 90, left: 50, right: 38, other: 2, needsReview: 1 },
    classifiers: document.classifiers.map(({ id, model }) => {
      const confusion = figures.confusion?.[id];
      if (confusion) return multiclass(model.sha256, document.arms, confusion);
      return binary(
        model.sha256,
        document.arms,
        (arm) => figures.auc?.(id, arm) ?? [estimated(0.8), estimated(0.002)],
      );
    }),
    comparisons: document.comparisons.map(({ id, a, b }) => {
      const [difference, variance] = figures.difference?.(id) ?? [0.05, 0.001];
      return {
        a: { classifier: sha256Of(a.classifier), arm: a.arm },
        b: { classifier: sha256Of(b.classifier), arm: b.arm },
        positives: { images: 40, patients: 38 },
        negatives: { images: 67, patients: 60 },
        difference: estimated(difference),
        variance: estimated(variance),
      };
    }),
  };
}

function binary(
  classifier: string,
  arms: Arm[],
  figure: (arm: Arm) => readonly [Estimated, Estimated],
): BinaryResult {
  return {
    kind: 'binary',
    classifier,
    positives: { images: 40, patients: 38 },
    negatives: { images: 67, patients: 60 },
    clustered: true,
    arms,
    auc: arms.map((arm) => figure(arm)[0]),
    covariance: arms.map((row) =>
      arms.map((column) => (row === column ? figure(row)[1] : estimated(0.0005))),
    ),
    decisions: arms.map(() => ({ kind: 'counts' as const, tp: 30, fp: 7, tn: 60, fn: 10 })),
  };
}

function multiclass(classifier: string, arms: Arm[], confusion: number[][]): MulticlassResult {
  return {
    kind: 'multiclass',
    classifier,
    classes: confusion.map((row) => {
      const films = row.reduce((sum, count) => sum + count, 0);
      return { images: films, patients: films };
    }),
    arms,
    confusion: arms.map(() => confusion),
    right: arms.map(() => confusion.reduce((sum, row, at) => sum + row[at]!, 0)),
    paired: [],
  };
}
