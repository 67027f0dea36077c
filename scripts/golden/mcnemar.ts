// mcnemar.json: plain, with continuity correction, exact and mid-p.
import { mcnemar } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, table } from './reading.ts';
import { exactly, relative, type Tally } from './tally.ts';

export function checkMcnemar(test: Fields, tally: Tally): void {
  const counts = table(test.table, 'table');
  const exact = fields(fields(test.expected, 'expected').exact, 'exact');
  const found = mcnemar(counts);
  const result = found.kind === 'estimate' ? found.value : undefined;
  tally.compare('b', counts[0]?.[1] ?? NaN, exact.b, exactly);
  tally.compare('c', counts[1]?.[0] ?? NaN, exact.c, exactly);
  tally.compare('exact_p', result?.exactP ?? NaN, exact.exact_p, relative(1e-8));
  tally.compare('midp', result?.midP ?? NaN, exact.midp, relative(1e-8));
  for (const [key, own] of [
    ['plain', result?.plain],
    ['continuity_r_rule', result?.continuity],
  ] as const) {
    const block = exact[key] === null ? { statistic: null, p: null } : fields(exact[key], key);
    tally.compare(`${key} statistic`, own?.statistic ?? NaN, block.statistic, relative(1e-9));
    tally.compare(`${key} p`, own?.p ?? NaN, block.p, relative(1e-8));
  }
}
