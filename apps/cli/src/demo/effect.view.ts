// What the demonstration is for: every training on its own arm, inside the hospital that it comes from and outside.
import type { Analysis, ComparisonAnalysis, SiteRow } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { answerText } from '../views/answer.ts';
import { signed, three } from '../views/number.ts';

type Show = (x: number) => string;

/** AUCs of the models on the arms they were trained on, then their paired differences, by site and pooled. */
export function effectView(analysis: Analysis): string {
  return [
    'The effect: AUC of each model on the arm that it was trained on',
    aucTable(analysis),
    '',
    'Its paired differences (on the same films, DeLong or Obuchowski)',
    differenceTable(analysis),
  ].join('\n');
}

function aucTable(analysis: Analysis): string {
  const rows = analysis.cells
    .filter(({ diagonal }) => diagonal)
    .map(({ classifier, sites, meta, groups }) => [
      classifier,
      ...bySite(analysis, sites, three),
      answerText(groups.external?.answer, three),
      answerText(meta.answer, three),
    ]);
  return table(['trained and tested on', ...heads(analysis)], rows);
}

function differenceTable(analysis: Analysis): string {
  const rows = analysis.comparisons
    .filter((one) => isOwnArms(analysis, one))
    .map(({ id, sites, meta, groups }) => [
      id,
      ...bySite(analysis, sites, signed),
      answerText(groups.external?.answer, signed),
      answerText(meta.answer, signed),
    ]);
  return table(['difference', ...heads(analysis)], rows);
}

const heads = ({ sites }: Analysis): string[] => [
  ...sites.map(({ siteName, role }) => `${siteName} (${role})`),
  'external, pooled',
  'all, pooled',
];

/** Both cells are models on the arms that they were trained on. */
function isOwnArms({ cells }: Analysis, { a, b }: ComparisonAnalysis): boolean {
  return [a, b].every((side) =>
    cells.some((cell) => cell.diagonal && cell.classifier === side.classifier && cell.arm === side.arm),
  );
}

function bySite({ sites }: Analysis, rows: readonly SiteRow[], show: Show): string[] {
  return sites.map(({ siteName }) => {
    const row = rows.find((one) => one.siteName === siteName);
    if (row?.estimate.kind !== 'estimate') return row ? row.estimate.reason : 'not reported';
    const { value } = row.estimate;
    return row.lower === null || row.upper === null
      ? show(value)
      : `${show(value)} [${show(row.lower)}, ${show(row.upper)}]`;
  });
}
