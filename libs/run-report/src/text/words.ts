// What the contract's words mean, said on paper. A word that is not here could not be compiled.
import type { PooledAnswer, ReportResult, SiteExclusion, SiteSummary } from '@sidemark/core/contract';

type Reason = NonNullable<SiteExclusion['detail']>;
type SkipReason = ReportResult['images']['skipped'][number]['reason'];

const reasons: Readonly<Record<Reason, string>> = {
  'no-positives': 'no film with the finding',
  'no-negatives': 'no film without the finding',
  'too-few-positives': 'too few patients with the finding',
  'too-few-negatives': 'too few patients without the finding',
  'zero-variance': 'no variance, so no weight',
  'too-few-clusters': 'too few patients',
  'too-few-sites': 'too few sites',
  'too-few-affected': 'it would tell of too few patients',
  'too-many-figures': 'one figure more would give labels away',
  'below-floor': 'fewer patients than the floor of the site',
  'no-common-rows': 'no film is judged by both',
  'no-discordance': 'the two never disagree',
  'too-few-classes': 'fewer than two classes occur',
  'too-few-folds': 'fewer than two folds have a figure',
  separable: 'the scores separate the classes completely',
  'non-finite': 'the arithmetic has no finite answer',
  empty: 'the report holds no such figure',
};
const withheld: ReadonlySet<Reason> = new Set(['too-few-affected', 'too-many-figures', 'below-floor']);

/** `withheld: ...` or `not estimable: ...`, which are two things. */
export const absence = (reason: Reason): string =>
  `${withheld.has(reason) ? 'withheld' : 'not estimable'}: ${reasons[reason]}`;
/** In the width of a column. */
export const shortAbsence = (reason: Reason): string => (withheld.has(reason) ? 'withheld' : 'not estimable');

export const methodNames: Readonly<Record<PooledAnswer['method'], string>> = {
  none: 'one site, nothing is pooled',
  'fixed-effect': 'fixed effect',
  'dersimonian-laird': 'random effects (DerSimonian-Laird)',
  reml: 'random effects (REML)',
};

export const testNames: Readonly<Record<PooledAnswer['test'], string>> = {
  normal: 'normal interval',
  'floored-knapp-hartung': 'Knapp-Hartung interval, factor at least 1',
  'student-t': 't interval',
};

export const exclusionNames: Readonly<Record<SiteExclusion['reason'], string>> = {
  'not-reported': 'no report',
  'below-floor': 'fewer patients than the floor of the site',
  refused: 'the site refused the job',
  failed: 'the job failed',
  'not-qualified': 'its machine is not qualified',
  'qualification-missing': 'no answers to the phantoms',
  withheld: 'withheld by the site',
  degenerate: 'no variance, so no weight',
  'not-estimable': 'not estimable',
};

export const qualificationNames: Readonly<Record<SiteSummary['qualification'], string>> = {
  'not-asked': 'not asked for',
  qualified: 'qualified',
  'not-qualified': 'not qualified',
  missing: 'no answers',
};

export const refusalNames: Readonly<Record<NonNullable<SiteSummary['refusal']>, string>> = {
  'floors-not-met': 'too few patients in a class for the floors of the site',
  'policy-refused': 'its policy does not allow it',
  'declined-by-person': 'a person there declined',
  'withdrawn-by-person': 'a person there withdrew',
  'report-withheld': 'the report is finished, and the site holds it back',
  'dataset-not-found': 'no dataset is registered for the study',
  'dataset-changed': 'the films are not those that were registered',
  'offer-invalid': 'the offer could not be verified',
  'release-invalid': 'the release of a model could not be verified',
  'canary-failed': 'a model gives other outputs on its machine',
  'model-unloadable': 'a model cannot be loaded',
  'protocol-invalid': 'the protocol could not be verified',
  'inference-failed': 'a model stopped with an error',
  'egress-refused': 'its gate did not let the report out',
  internal: 'an unexpected error',
};

export const skipNames: Readonly<Record<SkipReason, string>> = {
  unreadable: 'not readable',
  'unsupported-syntax': 'transfer syntax not supported',
  truncated: 'file cut off',
  'bad-geometry': 'size or geometry not usable',
  'constant-image': 'one grey value throughout',
  'multi-frame': 'more than one frame',
  'split-not-used': 'of a part of the data that is not used',
  'view-not-allowed': 'view not of the protocol',
  'polarity-not-allowed': 'polarity excluded by the protocol',
  'orientation-not-allowed': 'orientation excluded by the protocol',
  'non-finite-output': 'a model gave no finite answer',
  'inference-failed': 'a model stopped with an error',
};
