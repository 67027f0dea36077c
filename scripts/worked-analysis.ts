// The worked analysis of docs/statistics.md: `node --import tsx scripts/worked-analysis.ts` prints its block, a test compares.
import { fileURLToPath } from 'node:url';
import { planPooling } from '../libs/core/src/analysis/index.ts';
import type { Analysis, Arm, PooledAnswer, ReportResult } from '../libs/core/src/contract/index.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const sha256 = 'c'.repeat(64);
const arms: Arm[] = ['original', 'inpainted', 'clipped'];

/** Inpainted - original and clipped - original, each with its variance; that of inpainted - clipped. No marker at the last. */
const sites = [
  { positives: 60, negatives: 90, auc: 0.81, total: [0.031, 0.00042], range: [0.012, 0.0003], shape: 0.0002 },
  { positives: 45, negatives: 120, auc: 0.78, total: [0.052, 0.00055], range: [0.03, 0.0004], shape: 0.0003 },
  {
    positives: 30,
    negatives: 50,
    auc: 0.84,
    total: [-0.031, 0.00061],
    range: [-0.02, 0.0005],
    shape: 0.0003,
  },
  { positives: 38, negatives: 61, auc: 0.8, total: [0, 0], range: [0, 0], shape: 0 },
] as const;

const known = (value: number) => ({ kind: 'estimate', value }) as const;

function resultOf(site: (typeof sites)[number]): ReportResult {
  const size = (n: number) => ({ images: n, patients: n });
  const rows = { positives: size(site.positives), negatives: size(site.negatives) };
  const all = size(site.positives + site.negatives);
  const compared = (a: Arm, b: Arm, difference: number, variance: number) => ({
    a: { classifier: sha256, arm: a },
    b: { classifier: sha256, arm: b },
    ...rows,
    difference: known(difference),
    variance: known(variance),
  });
  const [total, range] = [site.total, site.range];
  return {
    schema: 'sidemark.result/1',
    images: { registered: all, evaluated: all, skipped: [] },
    inert: { inpainted: 0, clipped: 0 },
    markers: { images: 0, left: 0, right: 0, other: 0, needsReview: 0 },
    classifiers: [
      {
        ...{ kind: 'binary', classifier: sha256, ...rows, clustered: false, arms },
        auc: [0, total[0], range[0]].map((gain) => known(site.auc + gain)),
        covariance: arms.map((_, i) => arms.map((__, j) => known(i === j ? 0.0018 : 0.0016))),
        decisions: arms.map(() => ({ kind: 'not-estimable', reason: 'too-few-affected' })),
      },
    ],
    comparisons: [
      compared('inpainted', 'original', total[0], total[1]),
      compared('clipped', 'original', range[0], range[1]),
      compared('inpainted', 'clipped', total[0] - range[0], site.shape),
    ],
  };
}

function analysis(): Analysis {
  const model = { name: 'chest', version: '1.0.0', sha256, manifestSha256: 'f'.repeat(64) };
  const named = sites.map((_, at) => ({
    ...{ site: id(at + 1), siteName: `site-${at + 1}` },
    role: at === 0 ? ('internal' as const) : ('external' as const),
  }));
  const cell = (arm: Arm) => ({ classifier: 'chest', arm });
  return planPooling({
    run: id(100),
    protocolDigest: 'a'.repeat(64),
    document: {
      ...{ schema: 'sidemark.protocol/1', study: id(200), name: 'example', version: 1 },
      ...{ detector: model, inpainter: model, classifiers: [{ id: 'chest', model }] },
      maskPolicy: {
        version: 1,
        scoreThreshold: null,
        dilateMinPx: 4,
        dilateFraction: 0.1,
        maxAreaFraction: 0.08,
      },
      arms,
      comparisons: [{ id: 'total', a: cell('inpainted'), b: cell('original'), primary: true }],
      disclosure: { minPatientsPerClass: 10 },
      views: ['PA'],
      analysis: { level: 0.95 },
    },
    classifiers: new Map([['chest', { sha256, kind: 'binary', trainedArm: 'original', labels: [] }]]),
    sites: named,
    reports: named.map((site, at) => ({
      ...site,
      payloadDigest: String(at + 1).repeat(64),
      result: resultOf(sites[at]!),
    })),
    computedAt: '2026-01-01T00:00:00.000Z',
  });
}

/** Every line of the block, each computed here. */
export function workedAnalysis(): string[] {
  const { comparisons, decomposition, ranking, exclusions, cells } = analysis();
  const { meta, groups, question } = comparisons[0]!;
  const [{ total, range, shape }] = [decomposition[0]!];
  const pairs = meta.pairWeighted!;
  return [
    `total: ${said(meta.answer)}, p = ${meta.answer!.pTwoSided!.toFixed(3)}, among the questions of the plan ${question.pAdjusted!.toFixed(3)} (${question.status})`,
    `a new site: ${interval(meta.prediction!)}; tau2 = ${meta.heterogeneity!.tau2.toExponential(2)}, I2 = ${meta.heterogeneity!.i2.toFixed(1)} %`,
    `by pairs of patients: ${signed(pairs.estimate)} (${interval(pairs)}), ${pairs.sites} sites, ${pairs.inert} inert, ${pairs.leftOut} left out above`,
    `external: ${said(groups.external!.answer)}; internal: ${said(groups.internal!.answer)}; between them p = ${groups.test!.p.toFixed(3)}`,
    `left out: ${exclusions
      .filter(({ from }) => from === 'comparison')
      .map(({ siteName, reason, detail }) => `${siteName} (${reason}: ${detail})`)
      .join(', ')}`,
    `range: ${said(range.answer)}`,
    `shape: ${said(shape.answer)}`,
    `range + shape: ${signed(range.answer!.estimate + shape.answer!.estimate)}; total ${signed(total.meta.answer!.estimate)}`,
    `best arm: ${ranking[0]!.arms.map(({ arm, best }) => `${arm} ${(100 * best).toFixed(1)} %`).join(', ')}`,
    `AUC on the original arm: ${cells[0]!.meta.answer!.estimate.toFixed(4)} (${cells[0]!.meta.answer!.lower.toFixed(4)} to ${cells[0]!.meta.answer!.upper.toFixed(4)}), stratified ${cells[0]!.meta.pairWeighted!.estimate.toFixed(4)}`,
  ];
}

const said = (answer: PooledAnswer | null): string =>
  answer ? `${signed(answer.estimate)} (${interval(answer)}), ${answer.method}` : '-';
const signed = (value: number): string => (value < 0 ? '-' : '+') + Math.abs(value).toFixed(4);
const interval = ({ lower, upper }: { lower: number; upper: number }): string =>
  `${signed(lower)} to ${signed(upper)}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(workedAnalysis().join('\n'));
