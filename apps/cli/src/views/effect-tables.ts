// What the arms do to a classifier, how its scores carry over, and what was left out, as tables for a terminal.
import type { Analysis } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { answerText, pairWeightedText } from './answer.ts';
import { percent, pValue, signed, three } from './number.ts';

/** Range and shape add up to the total. */
export function decompositionTable({ decomposition }: Analysis): string {
  const rows = decomposition.flatMap(({ classifier, total, range, shape }) => [
    [
      classifier,
      'inpainted - original',
      answerText(total.meta.answer, signed),
      pairWeightedText(total.meta.pairWeighted, signed),
    ],
    [
      '',
      'range: clipped - original',
      answerText(range.answer, signed),
      pairWeightedText(range.pairWeighted, signed),
    ],
    [
      '',
      'shape: inpainted - clipped',
      answerText(shape.answer, signed),
      pairWeightedText(shape.pairWeighted, signed),
    ],
  ]);
  return table(['classifier', 'difference', 'pooled', 'by pairs of patients'], rows);
}

export function rankingTable({ ranking }: Analysis): string {
  const rows = ranking.flatMap(({ classifier, sites, arms }) =>
    arms.map(({ arm, auc, best, meanRank }, at) => [
      at === 0 ? classifier : '',
      arm,
      auc === null ? '-' : three(auc),
      percent(100 * best),
      meanRank.toFixed(2),
      at === 0 ? String(sites.length) : '',
    ]),
  );
  return table(['classifier', 'arm', 'AUC by pairs', 'best in', 'mean rank', 'sites'], rows);
}

export function relianceTable({ reliance }: Analysis): string {
  const rows = reliance.map(({ classifier, marker, placebo, difference, correctness }) => [
    classifier,
    answerText(marker.size.meta.answer, three),
    answerText(placebo?.size.meta.answer, three),
    answerText(difference?.meta.answer, signed),
    correctness ? `${correctness.onlyA} / ${correctness.onlyB}, p ${pValue(correctness.midP)}` : '-',
  ]);
  return table(
    ['classifier', 'marker', 'placebo', 'marker - placebo', 'right on original / inpainted alone'],
    rows,
  );
}

export function swapTable({ swap, cells }: Analysis): string {
  const rows = swap.map(({ classifier, glyphs, changes, worst, flips }) => {
    const without = cells.find((cell) => cell.classifier === classifier && cell.arm === 'inpainted');
    const by = (letter: 'left' | 'right'): string =>
      changes
        .filter((one) => one.letter === letter)
        .map(({ look, signed: { meta } }) => `${look} ${answerText(meta.answer, signed)}`)
        .join('; ');
    return [
      ...[
        classifier,
        String(glyphs),
        answerText(without?.meta.answer, three),
        answerText(worst.meta.answer, three),
      ],
      ...[
        flips ? `${flippedOf(flips.positives)} / ${flippedOf(flips.negatives)}` : '-',
        by('left'),
        by('right'),
      ],
    ];
  });
  return table(
    ['classifier', 'glyphs', 'AUC without', 'AUC at worst', 'flips, positive / negative', 'L', 'R'],
    rows,
  );
}

const flippedOf = ({
  toPositive,
  toNegative,
  same,
}: Record<'toPositive' | 'toNegative' | 'same', number>): string =>
  `${toPositive + toNegative} of ${toPositive + toNegative + same}`;

export function transferTable({ thresholds, calibration }: Analysis): string {
  const rows = thresholds.map(({ classifier, arm, pooled }) => {
    const found = calibration.find((one) => one.classifier === classifier && one.arm === arm);
    return [
      classifier,
      arm,
      pooled ? three(pooled.shipped.accuracy) : '-',
      pooled?.local ? three(pooled.local.accuracy) : '-',
      pooled && pooled.youdenLoss !== null ? signed(pooled.youdenLoss) : '-',
      answerText(found?.inTheLarge.meta.answer, signed),
      answerText(found?.slope.meta.answer, three),
    ];
  });
  return table(
    ['classifier', 'arm', 'accuracy shipped', 'at own point', 'Youden loss', 'in the large', 'slope'],
    rows,
  );
}

export function agreementTable({ agreement }: Analysis): string {
  const rows = agreement.map(({ classifier, against, a, b, margins, correctness }) => [
    against === undefined ? classifier : `${classifier} / ${against}`,
    `${a} / ${b}`,
    margins
      ? `${three(margins.statistic)} on ${margins.df} df, p ${margins.p === null ? '-' : pValue(margins.p)}`
      : '-',
    correctnessText(correctness),
  ]);
  return table(
    ['classifier', 'arms', 'Stuart-Maxwell: class margins', 'McNemar: right on one arm alone'],
    rows,
  );
}

function correctnessText(found: Analysis['agreement'][number]['correctness']): string {
  if (found.kind === 'not-estimable') return found.reason;
  if (found.kind === 'bound')
    return `${found.difference} more on the first, of ${found.discordantAtMost} at most, p at most ${pValue(found.p)}`;
  const { onlyA, onlyB, midP } = found.test;
  return `${onlyA} / ${onlyB}, mid-p ${pValue(midP)} (${found.sites.length} sites)`;
}

export function labelTable({ labelFromMarker }: Analysis): string {
  const rows = labelFromMarker.map(({ siteName, auc, lower, upper }) => [
    siteName,
    auc.kind === 'estimate' ? three(auc.value) : auc.reason,
    lower === null || upper === null ? '-' : `[${three(lower)}, ${three(upper)}]`,
  ]);
  return table(['site', 'AUC of the label from its markers alone', 'interval'], rows);
}

export function exclusionTable({ exclusions }: Analysis): string {
  const rows = exclusions.map(({ siteName, of, reason, detail }) => [
    siteName,
    of ?? 'the whole run',
    reason,
    detail ?? '',
  ]);
  return table(['site', 'left out of', 'why', 'detail'], rows);
}
