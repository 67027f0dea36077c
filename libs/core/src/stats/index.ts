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
  type DisclosedSquare,
  disclosedSquare,
  disclosedTable,
  hiddenCells,
  type PatientCell,
  patientCells,
} from './disclosure/suppression.ts';
export { type BothEmpty, dice, jaccard } from './films/overlap.ts';
export { disclosedCount, disclosedMoments, type Moments, moments } from './films/moments.ts';
export { type CrossFitted, crossFittedAuc } from './folds/cross-fitted.ts';
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
export { type Contrast, contrastOf, type EqualCurves, equalCurves } from './roc/contrast.ts';
export {
  rocCurve,
  type RocCurve,
  type RocPoint,
  youden,
  type Youden,
  type YoudenPoint,
} from './roc/roc-curve.ts';
export { averagePrecision } from './roc/average-precision.ts';
export { handTill, type HandTill, oneVersusRest, type OneVersusRest } from './roc/multiclass-auc.ts';
export { type IndependentAuc, type UnpairedTest, unpairedTest } from './roc/unpaired-auc.ts';
export { type MarginTest, marginTest, type MeasuredDifference } from './roc/margin-test.ts';
export { type PairedDifference, pairedDifference, type ZTest, zTest } from './roc/paired-auc.ts';
export { criticalZ, normalQuantile, normalTwoSided, normalUpperTail } from './normal.ts';
export { chiSquareQuantile, chiSquareUpperTail } from './chi-square.ts';
export { criticalT, tTwoSided, tUpperTail } from './student-t.ts';
export { clopperPearson, type Proportion, proportion, wilson } from './proportion.ts';
export {
  addTables,
  crossTable,
  type Margins,
  marginsOf,
  type SquareTable,
} from './agreement/square-table.ts';
export { type MarginalHomogeneity, stuartMaxwell } from './agreement/stuart-maxwell.ts';
export { stuartMaxwellClustered } from './agreement/clustered-margins.ts';
export { bhapkar, bowker, type Symmetry } from './agreement/symmetry.ts';
export { type McNemar, mcnemar, mcnemarBound } from './agreement/mcnemar.ts';
export { type ClassMeasures, type ConfusionMeasures, confusionMeasures } from './agreement/confusion.ts';
export { type BinaryMeasures, binaryMeasures } from './agreement/binary-table.ts';
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
export { brier, logLoss, logLossEpsilon, multiclassScores } from './scores/brier.ts';
export { calibration, type Calibration, type LogitCoefficient } from './scores/calibration.ts';
export { reliability, type Reliability, type ReliabilityBin } from './scores/reliability.ts';
export { adjustP, type Correction, gatekeep, type PValues } from './multiplicity/adjust.ts';
export {
  foldOfPatient,
  foldSummary,
  type FoldSummary,
  type FoldTest,
  nadeauBengioTest,
} from './folds/fold-comparison.ts';
export { type PlannedSites, powerOfSites, sitesForPower } from './planning/power.ts';
export { type Ranked, rankDraws } from './ranking/rank-draws.ts';
export { type Seed, seededNormals, seedOf, seedText } from './ranking/seeded-normals.ts';
