// meta_logit_auc.json: the same AUCs pooled as they are and on the logit scale, with the way back.
import {
  estimate,
  logit,
  logitVariance,
  poolAucs,
  type PooledValue,
  type Estimate,
} from '../../libs/core/src/stats/index.ts';
import { compareMethods } from './meta.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { absolute, relative, type Tally } from './tally.ts';

export function checkMetaLogitAuc(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const exact = fields(expected.exact, 'exact');
  const [auc, se] = [numbers(test.auc, 'auc'), numbers(test.se, 'se')];
  const variance = se.map((error) => error * error);
  compareMethods(
    'plain ',
    auc,
    variance,
    fields(exact.plain, 'plain'),
    fields(expected.plain, 'plain'),
    tally,
  );

  const onLogit = fields(expected.logit, 'logit');
  const metafor = fields(onLogit.metafor, 'logit metafor');
  const [yi, vi] = [auc.map(logit), auc.map((area, site) => logitVariance(area, variance[site] ?? NaN))];
  tally.compareList('logit yi', yi, onLogit.yi, relative(1e-12, 1e-3));
  tally.compareList('logit vi', vi, onLogit.vi, relative(1e-12));
  compareMethods('logit ', yi, vi, fields(exact.logit, 'logit'), metafor, tally);

  const sites = auc.map((area, site) => ({
    value: estimate(area),
    variance: estimate(variance[site] ?? NaN),
  }));
  const { excluded, fixedAuc, randomAuc } = poolAucs(sites, 'logit');
  if (excluded.length > 0) tally.fail(`logit: ${excluded.length} sites excluded`);
  compareBack('FE', fixedAuc, metafor, tally);
  compareBack('DL', randomAuc, metafor, tally);
}

function compareBack(method: string, pooled: Estimate<PooledValue>, metafor: Fields, tally: Tally): void {
  const { z } = fields(metafor[method], method);
  const { auc, auc_ci95: interval } = fields(z, `${method} z`);
  const found = pooled.kind === 'estimate' ? pooled.value : undefined;
  tally.compare(`${method} auc`, found?.value ?? NaN, auc, absolute(1e-10));
  tally.compareList(`${method} auc_ci95`, found && [found.lower, found.upper], interval, absolute(1e-8));
}
