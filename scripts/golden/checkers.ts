// Table of contents: one row per golden file, in the order of the README; undefined = its checker is still to come.
import { checkClusteredAuc } from './clustered-auc.ts';
import type { Checker } from './golden-file.ts';
import { checkMetaLogitAuc } from './meta-logit-auc.ts';
import { checkMeta } from './meta.ts';
import { checkProportionCi } from './proportion-ci.ts';
import { checkRocDelong } from './roc-delong.ts';
import { checkRocPaired } from './roc-paired.ts';

export const checkers: ReadonlyMap<string, Checker | undefined> = new Map<string, Checker | undefined>([
  ['roc_delong', checkRocDelong],
  ['roc_paired', checkRocPaired],
  ['roc_unpaired', undefined],
  ['stuart_maxwell', undefined],
  ['mcnemar', undefined],
  ['multiclass_auc', undefined],
  ['confusion', undefined],
  ['proportion_ci', checkProportionCi],
  ['probability_scores', undefined],
  ['meta', checkMeta],
  ['meta_logit_auc', checkMetaLogitAuc],
  ['federated', undefined],
  ['p_adjust', undefined],
  ['average_precision', undefined],
  ['clustered_auc', checkClusteredAuc],
  ['overlap', undefined],
]);
