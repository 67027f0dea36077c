// A whole analysis of many sites: what the coordinator does for one request, from parsed reports to every pooled figure.
import type { PoolingInput } from '@sidemark/core/analysis';
import type { Arm, ReportResult } from '@sidemark/core/contract';
import { normals } from '../../scripts/simulate/normals.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const sha = (n: number): string => n.toString(16).padStart(64, '0');
const size = (n: number) => ({ images: n, patients: n });
const arms: Arm[] = ['original', 'inpainted', 'clipped'];
const cells = Array.from({ length: 5 }, (_, at) => at).flatMap((at) => arms.map((arm) => ({ at, arm })));
const pairs = cells.flatMap((b, j) => cells.slice(0, j).map((a) => ({ a, b })));

/** 5 classifiers on 3 arms; the first `comparisons` pairs of cells, up to 105. */
export function manyReports(sites: number, comparisons: number): PoolingInput {
  const draw = normals(11);
  const models = Array.from({ length: 5 }, (_, at) => ({
    ...{ name: `m${at}`, version: '1.0.0', sha256: sha(at + 1), manifestSha256: sha(99) },
  }));
  const asked = pairs.slice(0, comparisons);
  const result = (): ReportResult => ({
    schema: 'sidemark.result/1',
    images: { registered: size(200), evaluated: size(200), skipped: [] },
    inert: { inpainted: 10, clipped: 10 },
    markers: { images: 150, left: 75, right: 75, other: 0, needsReview: 0 },
    classifiers: models.map(({ sha256 }) => ({
      ...{
        kind: 'binary',
        classifier: sha256,
        positives: size(80),
        negatives: size(120),
        clustered: false,
        arms,
      },
      auc: arms.map(() => ({ kind: 'estimate', value: 0.8 + 0.03 * Math.tanh(draw()) })),
      covariance: arms.map((_, i) =>
        arms.map((__, j) => ({ kind: 'estimate', value: i === j ? 0.0012 : 0.0009 })),
      ),
      decisions: arms.map(() => ({ kind: 'counts', tp: 60, fp: 30, tn: 90, fn: 20 })),
    })),
    comparisons: asked.map(({ a, b }) => ({
      a: { classifier: sha(a.at + 1), arm: a.arm },
      b: { classifier: sha(b.at + 1), arm: b.arm },
      ...{ positives: size(80), negatives: size(120) },
      difference: { kind: 'estimate', value: 0.02 + 0.03 * Math.tanh(draw()) },
      variance: { kind: 'estimate', value: 0.0004 * (1 + Math.abs(draw())) },
    })),
  });
  const named = Array.from({ length: sites }, (_, at) => ({
    ...{
      site: id(at),
      siteName: `site-${at}`,
      role: at % 4 === 0 ? ('internal' as const) : ('external' as const),
    },
  }));
  return {
    run: id(0),
    protocolDigest: sha(0),
    document: {
      ...{ schema: 'sidemark.protocol/1', study: id(1), name: 'many', version: 1 },
      ...{ detector: models[0]!, inpainter: models[0]! },
      classifiers: models.map((model) => ({ id: model.name, model })),
      maskPolicy: {
        version: 1,
        scoreThreshold: null,
        dilateMinPx: 4,
        dilateFraction: 0.1,
        maxAreaFraction: 0.08,
      },
      arms,
      comparisons: asked.map(({ a, b }, at) => ({
        ...{ id: `c${at}`, primary: at === 0 },
        a: { classifier: `m${a.at}`, arm: a.arm },
        b: { classifier: `m${b.at}`, arm: b.arm },
      })),
      disclosure: { minPatientsPerClass: 10 },
      views: ['PA'],
      analysis: { level: 0.95 },
    },
    classifiers: new Map(
      models.map(({ name, sha256 }) => [
        name,
        { sha256, kind: 'binary', trainedArm: 'original', labels: [] },
      ]),
    ),
    sites: named,
    reports: named.map((site, at) => ({ ...site, payloadDigest: sha(1000 + at), result: result() })),
    computedAt: '2026-01-01T00:00:00.000Z',
  };
}
