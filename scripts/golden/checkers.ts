// Table of contents: one row per golden file, in the order of the README.
import { checkAveragePrecision } from './average-precision.ts';
import { checkClusteredAuc } from './clustered-auc.ts';
import { checkConfusion } from './confusion.ts';
import { checkFederated } from './federated.ts';
import type { Checker } from './golden-file.ts';
import { checkMcnemar } from './mcnemar.ts';
import { checkMetaLogitAuc } from './meta-logit-auc.ts';
import { checkMeta } from './meta.ts';
import { checkMulticlassAuc } from './multiclass-auc.ts';
import { checkOverlap } from './overlap.ts';
import { checkPAdjust } from './p-adjust.ts';
import { checkProbabilityScores } from './probability-scores.ts';
import { checkProportionCi } from './proportion-ci.ts';
import { checkRocDelong } from './roc-delong.ts';
import { checkRocPaired } from './roc-paired.ts';
import { checkRocUnpaired } from './roc-unpaired.ts';
import { checkStuartMaxwell } from './stuart-maxwell.ts';

export const checkers: ReadonlyMap<string, Checker> = new Map<string, Checker>([
  ['roc_delong', checkRocDelong],
  ['roc_paired', checkRocPaired],
  ['roc_unpaired', checkRocUnpaired],
  ['stuart_maxwell', checkStuartMaxwell],
  ['mcnemar', checkMcnemar],
  ['multiclass_auc', checkMulticlassAuc],
  ['confusion', checkConfusion],
  ['proportion_ci', checkProportionCi],
  ['probability_scores', checkProbabilityScores],
  ['meta', checkMeta],
  ['meta_logit_auc', checkMetaLogitAuc],
  ['federated', checkFederated],
  ['p_adjust', checkPAdjust],
  ['average_precision', checkAveragePrecision],
  ['clustered_auc', checkClusteredAuc],
  ['overlap', checkOverlap],
]);
