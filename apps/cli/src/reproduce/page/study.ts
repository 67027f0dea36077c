// The sections on the study itself: goals, hospitals, digests, real films, and what is not here.
import type { Reproduction } from '../figures/reproduction.ts';
import { image, nothing, table, three } from './markdown.ts';

export function headSection({ facts, runs, goals }: Reproduction): string {
  const reports = runs.reduce((sum, { sites }) => sum + sites.length, 0);
  return [
    '# The paper’s experiment, as a federation of phantoms',
    '<!-- written by `npm run reproduce`; do not edit -->',
    '**A phantom shows a mechanism. It is no evidence about patients.** The shortcut was built in: at one hospital markers go with disease. That a classifier takes it, that the hospital’s own figures hide it, and that filling the markers takes it away, is all that is found here.',
    `Kim et al. (2022) trained classifiers on original, marker-inpainted and min-max clipped films and compared them at internal and external hospitals. Here the same runs as a federation: a coordinator, a site agent for each drawn hospital, signed protocols, and ${reports} signed reports in ${runs.length} runs. Every number below was read from these reports or from the analysis that the coordinator computed of them, out of bundles that \`sidemark bundle verify\` accepts.`,
    sizeText(facts),
    '## What it was to show',
    table(
      ['goal, fixed before the first run', 'verdict', 'found'],
      goals.map(({ goal, met, found }) => [goal, met ? 'met' : 'NOT met', found]),
    ),
  ].join('\n\n');
}

function sizeText({ size, films, seeds, minutes, cores }: Reproduction['facts']): string {
  const warning =
    size === 'quick' ? ' **This is a `--quick` run: it shows that all works, not what comes out.**' : '';
  return `Settings: ${films} films a hospital, seeds ${seeds.join(', ')} of five shipped trainings, floor of 5 patients, one attempt: the run was not repeated until it pleased, and no seed was left out. It took ${minutes} minutes on a machine with ${cores} cores.${warning} Trainings, what was tried before them, and their own figures are in [models/classifiers.md](../models/classifiers.md).`;
}

export function hospitalSection({ runs }: Reproduction): string {
  const phantom = runs.find(({ name }) => name.startsWith('seed-'));
  const rows = (phantom?.sites ?? []).map(({ name, role, films }) => {
    const verdicts = runs.flatMap(({ sites }) =>
      sites.filter((one) => one.name === name).map(({ qualification }) => qualification),
    );
    const qualified = verdicts.filter((one) => one === 'qualified').length;
    return [name, role, `${films}`, `${qualified} of ${verdicts.length}`];
  });
  return [
    '## The hospitals, and whether they qualified',
    'Drawn by `libs/phantom/sites`: other machines, depths, polarities and markers. Markers go with disease (correlation 0.92) at the internal one only; at the external ones label and marker are drawn apart. In every run each site first answered a pack of phantoms; a site that does not reproduce it stays out of the pooled figures.',
    table(['site', 'role', 'films evaluated', 'runs qualified in'], rows),
  ].join('\n\n');
}

export function radiographSection({ radiographs }: Reproduction): string {
  if (radiographs.length === 0) return '';
  const count = (x: number | null): string => (x === null ? 'withheld' : `${x}`);
  const rows = radiographs.map((one) => [
    ...[one.site, `${one.films}`, `${one.skipped}`, `${one.withMarker}`],
    ...[count(one.left), count(one.right), count(one.other), count(one.digital), count(one.lead)],
    ...[one.size === null ? nothing : three(one.size), count(one.holes), three(one.seam), three(one.clamped)],
    ...[three(one.marker), three(one.placebo)],
  ]);
  return [
    '## Real films',
    'The same agents on the hospitals of a folder of real radiographs that have both classes: what the detector finds, and what becomes of the holes. No diagnosis: the classifiers never saw a real film, so their figures there mean nothing and are not shown; the change of their logits is, because a placebo stands beside it. Letters are the detector’s word, which is often wrong. Seam: step across the rim of a hole over that among the pixels around it. Held back: share of the filled pixels whose fill lay beyond the range of the ring.',
    table(
      [
        ...['site', 'films', 'skipped', 'with marker', 'left', 'right', 'other', 'digital', 'lead'],
        ...['size', 'holes', 'seam', 'held back', 'change by marker', 'by placebo'],
      ],
      rows,
    ),
    image('radiographs', 'Films with a marker, and change of the logit, at real hospitals'),
  ].join('\n\n');
}

export function limitsSection({ goals }: Reproduction): string {
  const missed = goals.filter(({ met }) => !met);
  return [
    '## What did not come out, and what is not here',
    '',
    ...(missed.length > 0
      ? missed.map(({ goal, found }) => `- Not met: ${goal}. Found: ${found}.`)
      : ['- Every goal was met.']),
    '- Accuracies of two classes, flips and who is right on both are withheld where one to four patients would stand in a cell, which is often with so few films a hospital: the tables say at how many sites they could be read, and totals of right answers bound the tests. AUCs, overlaps and maps are not touched by it.',
    '- Clipped is reported as it falls; no ordering of clipped and original is claimed.',
    '- The paper’s internal finding, clipped better than original with p 0.006, has nothing to stand beside: internal AUCs are near 1 here on every arm.',
    '- McNemar’s test with two classes is between two arms of one training; between two trainings it is made for three classes alone.',
    '- One draw of the films: another seed of the hospitals gives other numbers. The seeds here are of training.',
  ].join('\n');
}

export function digestSection({ runs, releaseKey }: Reproduction): string {
  const rows = runs.flatMap(({ name, sites }) =>
    sites.map(({ name: site, resultDigest }) => [...[name, site, resultDigest.slice(0, 16)]]),
  );
  return [
    '## Digests',
    `Of each report’s result: the same in a new federation on the same machine. (A real site deals its patients to folds by a secret that it makes at its enrolment; these films are of nobody, or public, so their secrets are fixed.) Whole digests are in [reproduction.json](reproduction.json); \`npm run reproduce -- --bundles FOLDER\` keeps the bundles, which \`sidemark bundle verify FOLDER/seed-1.bundle.json --fingerprint ${releaseKey.slice(0, 8)}…\` checks.`,
    table(['run', 'site', 'result'], rows),
  ].join('\n\n');
}
