// The subpath `@sidemark/core/stats`: everything a report or an analysis may compute.
export {
  type Estimate,
  estimate,
  mapEstimate,
  type NotEstimable,
  notEstimable,
  type NotEstimableReason,
  notEstimableReasons,
} from './estimate.ts';
export {
  type ClassRows,
  disclosedCovariance,
  disclosedStep,
  disclosedValue,
  disclosedVariance,
} from './disclosed-precision.ts';
export { type BinCell, binOf, changeEdges, fittingCells, scoreEdges } from './disclosure/fixed-bins.ts';
export {
  type DisclosedCell,
  disclosedList,
  disclosedTable,
  hiddenCells,
  type PatientCell,
  patientCells,
} from './disclosure/suppression.ts';
export { type BothEmpty, dice } from './films/dice.ts';
export { disclosedCount, disclosedMoments, type Moments, moments } from './films/moments.ts';
export { midranks } from './roc/midrank.ts';
export { type Classes, countClasses, type Placements, placements } from './roc/placements.ts';
export { auc, twoU } from './roc/auc.ts';
export { aucDelong, type AucResult, type DelongParts, delongParts } from './roc/delong.ts';
export {
  aucClustered,
  type ClusteredAucResult,
  type ClusteredParts,
  clusteredParts,
  type Clusters,
  groupClusters,
} from './roc/clustered-auc.ts';
export { type PairedDifference, pairedDifference, type ZTest, zTest } from './roc/paired-auc.ts';
export { criticalZ, normalQuantile, normalTwoSided, normalUpperTail } from './normal.ts';
export { chiSquareQuantile, chiSquareUpperTail } from './chi-square.ts';
export { criticalT, tTwoSided, tUpperTail } from './student-t.ts';
export { clopperPearson, wilson } from './proportion.ts';
export { expit, type Interval, logit, logitInterval, logitVariance, normalInterval } from './interval.ts';
export {
  type MetaAnalysis,
  poolDerSimonianLaird,
  poolFixedEffect,
  type PoolingMethod,
  poolRandomEffects,
  poolSites,
  type RandomEffectsMethod,
  randomEffectsMethods,
} from './pooling/meta-analysis.ts';
export {
  knappHartungInterval,
  type PooledTest,
  pooledTest,
  type PoolingTest,
  poolingTests,
  predictionInterval,
} from './pooling/pooled-test.ts';
export { type Tau2Interval, tau2Interval } from './pooling/tau2-interval.ts';
export { leaveOneOut } from './pooling/leave-one-out.ts';
export { type SubgroupTest, subgroupTest } from './pooling/subgroups.ts';
export { type Coefficient, type MetaRegression, metaRegression } from './pooling/meta-regression.ts';
export {
  type PairWeightedMean,
  pairWeightedMean,
  type StratifiedSite,
} from './pooling/pair-weighted-mean.ts';
export {
  type ExcludedSite,
  poolAucs,
  poolDifferences,
  type PooledAuc,
  type PooledSites,
  type PooledValue,
  type SiteEstimate,
} from './pooling/pooled-auc.ts';
