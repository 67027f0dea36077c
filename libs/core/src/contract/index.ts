export * from './accounts.ts';
export * from './analysis-plan.ts';
export * from './results/agreement-analysis.ts';
export * from './results/analysis.ts';
export * from './results/bundle.ts';
export * from './arms.ts';
export * from './trust/audit.ts';
export * from './trust/carried.ts';
export * from './trust/envelope.ts';
export * from './results/census.ts';
export * from './results/distribution.ts';
export * from './results/effect-analysis.ts';
export * from './results/estimates.ts';
export * from './results/film-analysis.ts';
export * from './results/film-checks.ts';
export * from './results/film-figures.ts';
export * from './results/inpainting.ts';
export * from './console.ts';
export * from './events.ts';
export * from './issue-lines.ts';
export * from './ids.ts';
export * from './trust/keys.ts';
export * from './trust/link.ts';
export * from './models/detector-decode.ts';
export * from './models/inpainter-decode.ts';
export * from './models/manifest.ts';
export * from './models/manifest-classifier.ts';
export { Canary } from './models/manifest-common.ts';
export * from './models/manifest-input.ts';
export * from './models/models.ts';
export { GlyphLetter, GlyphLook, MarkerSwap } from './marker-swap.ts';
export * from './problem.ts';
export * from './protocol.ts';
export * from './qualification/answers.ts';
export * from './qualification/pack.ts';
export * from './qualification/verdict.ts';
export {
  FigureOverSites,
  FigureRow,
  PooledAnswer,
  PooledFigure,
  SiteGroups,
} from './results/pooled-figure.ts';
export * from './results/report.ts';
export * from './results/reports.ts';
export * from './results/score-figures.ts';
export * from './results/site-account.ts';
export * from './results/site-figures.ts';
export * from './results/swap-figures.ts';
export * from './results/transfer-analysis.ts';
export * from './routes.ts';
export * from './runs.ts';
export * from './studies.ts';
export * from './version.ts';
export * from './read-with.ts';
