// The way of the images from the datasets to the analysis, with all that was left out and why.
import type { Analysis } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import type { ReadReport, RunEvidence } from '../evidence/run-evidence.ts';
import { type Block, column, figure, note, type Section, tableOf } from '../document/block.ts';
import { type FlowBox, type FlowStep, flowDiagram } from '../drawing/flow-diagram.ts';
import { count, none, plural } from '../text/number.ts';
import { absence, exclusionNames, refusalNames, skipNames } from '../text/words.ts';
import { primaryOf, scopeWord } from './answers.ts';

export function flowSection(evidence: RunEvidence): Section {
  const steps = [
    sitesStep(evidence),
    ...(evidence.accepted.length > 0 ? [registeredStep(evidence), evaluatedStep(evidence)] : []),
  ];
  const arms = armBoxes(evidence);
  const analysed = analysedBoxes(evidence);
  const alt = [
    ...steps.flatMap(({ box, leaves }) => [box, ...(leaves ? [leaves] : [])]),
    ...arms,
    ...analysed,
  ]
    .map(({ title, lines }) => [title, ...lines].join(', '))
    .join('; ');
  return {
    id: 'flow',
    title: 'Flow of images',
    blocks: [
      figure('From the datasets of the sites to the analysis', flowDiagram({ alt, steps, arms, analysed })),
      note(
        'Counts are sums over the signed reports that count. What a site without a report holds is not known here: its films appear in no box.',
      ),
      ...skipTable(evidence),
    ],
  };
}

const tally = (names: readonly string[]): string[] =>
  [...new Set(names)].map((name) => `${name}: ${names.filter((one) => one === name).length}`);

/** Sites of which no figure counts, by reason. */
function lostSites({ sites, exclusions }: Analysis): string[] {
  return exclusions
    .filter(({ from }) => from === 'run')
    .map(({ site, reason }) => {
      const refusal = sites.find((one) => one.site === site)?.refusal ?? null;
      return refusal === null
        ? exclusionNames[reason]
        : `${exclusionNames[reason]}: ${refusalNames[refusal]}`;
    });
}

function sitesStep({ analysis, accepted }: RunEvidence): FlowStep {
  const lost = lostSites(analysis);
  const roles = (['internal', 'external'] as const).map(
    (role) => `${role}: ${analysis.sites.filter((site) => site.role === role).length}`,
  );
  return {
    box: {
      title: `${plural(analysis.sites.length, 'site')} of the run`,
      lines: [roles.join(', '), `accepted reports: ${accepted.length}`],
    },
    leaves:
      lost.length > 0 ? { title: `${plural(lost.length, 'site')} did not count`, lines: tally(lost) } : null,
  };
}

/** Reports whose site counts at all. */
function counting({ analysis, accepted }: RunEvidence): readonly ReadReport[] {
  const lost = new Set(analysis.exclusions.filter(({ from }) => from === 'run').map(({ site }) => site));
  return accepted.filter(({ report }) => !lost.has(report.header.site));
}

const sum = (reports: readonly ReadReport[], of: (report: ReadReport) => number): number =>
  reports.reduce((total, report) => total + of(report), 0);

function registeredStep(evidence: RunEvidence): FlowStep {
  const reports = counting(evidence);
  const images = sum(reports, ({ report }) => report.result.images.registered.images);
  const patients = sum(reports, ({ report }) => report.result.images.registered.patients);
  const skipped = skips(reports);
  const total = skipped.reduce((all, [, number]) => all + number, 0);
  return {
    box: {
      title: `${plural(images, 'film')} registered at ${plural(reports.length, 'site')}`,
      lines: [`patients: ${count(patients)}`],
    },
    leaves:
      total > 0
        ? {
            title: `${plural(total, 'film')} skipped`,
            lines: skipped.map(([why, number]) => `${why}: ${count(number)}`),
          }
        : null,
  };
}

function skips(reports: readonly ReadReport[]): [string, number][] {
  const all = new Map<string, number>();
  for (const { report } of reports)
    for (const { reason, images } of report.result.images.skipped)
      all.set(skipNames[reason], (all.get(skipNames[reason]) ?? 0) + images);
  return [...all].sort((a, b) => b[1] - a[1]);
}

function evaluatedStep(evidence: RunEvidence): FlowStep {
  const reports = counting(evidence);
  const { analysis } = evidence;
  const images = sum(reports, ({ report }) => report.result.images.evaluated.images);
  const patients = sum(reports, ({ report }) => report.result.images.evaluated.patients);
  const marked = sum(reports, ({ report }) => report.result.markers.images);
  const review = sum(reports, ({ report }) => report.result.markers.needsReview);
  const left = analysis.exclusions.filter(({ from }) => from !== 'run');
  const lines = unpooled(left);
  return {
    box: {
      title: `${plural(images, 'film')} evaluated on every arm`,
      lines: [
        `patients: ${count(patients)}`,
        `with a marker: ${count(marked)}; without, the arms are one film: ${count(images - marked)}`,
        ...(review > 0 ? [`markers left to a person: ${count(review)}`] : []),
      ],
    },
    leaves: left.length > 0 ? { title: `${plural(left.length, 'figure')} of sites not pooled`, lines } : null,
  };
}

/** By site and reason, the first few of each. */
function unpooled(left: Analysis['exclusions']): string[] {
  const keyOf = ({ siteName, reason, detail }: Analysis['exclusions'][number]): string =>
    `${siteName}, ${detail === null ? exclusionNames[reason] : absence(detail)}`;
  const keys = [...new Set(left.map(keyOf))];
  const lines = keys.slice(0, 8).map((key) => {
    const names = left.filter((one) => keyOf(one) === key).map(({ of }) => of ?? '');
    const more = names.length > 4 ? `, and ${names.length - 4} more` : '';
    return `${key}: ${names.slice(0, 4).join(', ')}${more}`;
  });
  return keys.length > lines.length
    ? [...lines, `and ${keys.length - lines.length} more, see Deviations`]
    : lines;
}

function armBoxes(evidence: RunEvidence): FlowBox[] {
  const reports = counting(evidence);
  if (reports.length === 0) return [];
  const images = sum(reports, ({ report }) => report.result.images.evaluated.images);
  return evidence.protocol.arms.map((arm) => {
    const inert = arm === 'original' ? 0 : sum(reports, ({ report }) => report.result.inert[arm] ?? 0);
    return {
      title: arm,
      lines: [
        `${count(images)} films`,
        ...(arm === 'original' ? [] : [`equal to the original: ${count(inert)}`]),
      ],
    };
  });
}

function analysedBoxes({ analysis }: RunEvidence): FlowBox[] {
  return primaryOf(analysis).map((comparison) => {
    const { id, sites } = comparison;
    const members = new Set(askedFigure(comparison)?.members.map(({ siteName }) => siteName));
    const pooled = sites.filter(({ siteName }) => members.has(siteName));
    const patients = (of: 'positives' | 'negatives'): number =>
      pooled.reduce((all, row) => all + row[of].patients, 0);
    return {
      title: `Analysed: ${id}`,
      lines: [
        `${scopeWord(comparison)}sites pooled: ${pooled.length}`,
        `patients with the finding: ${count(patients('positives'))}`,
        `patients without: ${count(patients('negatives'))}`,
      ],
    };
  });
}

function skipTable({ analysis, accepted }: RunEvidence): Block[] {
  const columns = [
    column('Site', 26),
    ...['Registered', 'Skipped', 'Evaluated', 'With marker', 'Inert, inpainted', 'Inert, clipped'].map(
      (head) => column(head, 20, 'right'),
    ),
    column('Skipped because', 38),
  ];
  const rows = analysis.sites.map(({ site, siteName, refusal }) => {
    const result = accepted.find(({ report }) => report.header.site === site)?.report.result;
    if (result === undefined) {
      const why = refusal === null ? 'no report' : `no report: ${refusalNames[refusal]}`;
      return [siteName, none, none, none, none, none, none, why];
    }
    const { registered, evaluated, skipped } = result.images;
    return [
      ...[
        siteName,
        count(registered.images),
        count(registered.images - evaluated.images),
        count(evaluated.images),
      ],
      ...[count(result.markers.images), count(result.inert.inpainted), count(result.inert.clipped)],
      skipped.map(({ reason, images }) => `${skipNames[reason]} ${count(images)}`).join(', ') || 'none',
    ];
  });
  return tableOf('Films by site', columns, rows);
}
