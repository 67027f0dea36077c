// What the contract's words mean, said to people. A reason that is not here could not be compiled.
import type {
  Arm,
  JobPhase,
  JobState,
  NotEstimableReason,
  PlannedQuestion,
  PooledAnswer,
  RefusalCode,
  SiteExclusion,
  SiteSummary,
} from '@sidemark/core/contract';
import type { z } from 'zod';

type Reason = z.infer<typeof NotEstimableReason>;

const reasons: Readonly<Record<Reason, string>> = {
  'no-positives': 'no film with the finding',
  'no-negatives': 'no film without the finding',
  'too-few-positives': 'too few patients with the finding',
  'too-few-negatives': 'too few patients without the finding',
  'zero-variance': 'no variation: all scores rank alike',
  'too-few-clusters': 'too few patients',
  'too-few-sites': 'too few sites have a figure',
  'too-few-affected': 'it would tell of too few patients',
  'too-many-figures': 'one figure more would give labels away',
  'below-floor': 'fewer patients than the site’s floor',
  'no-common-rows': 'no film is judged by both',
  'no-discordance': 'the two never disagree',
  'too-few-classes': 'fewer than two classes occur',
  'too-few-folds': 'fewer than two folds have a figure',
  separable: 'the scores separate the classes completely',
  'non-finite': 'the arithmetic has no finite answer',
  empty: 'the report holds no such figure',
};
const withheld: ReadonlySet<Reason> = new Set(['too-few-affected', 'too-many-figures', 'below-floor']);

/** Whether the figure exists at the site and is kept there, which is something else than not existing. */
export const isWithheld = (reason: Reason): boolean => withheld.has(reason);

/** `withheld: ...` or `not estimable: ...`. */
export function absence(reason: Reason): string {
  return `${isWithheld(reason) ? 'withheld' : 'not estimable'}: ${reasons[reason]}`;
}

const exclusions: Partial<Record<Reason, string>> = { 'zero-variance': 'has no variance, so no weight' };
/** Why a figure that is there has no weight. */
export const exclusion = (reason: Reason): string => exclusions[reason] ?? reasons[reason];

export const methodNames: Readonly<Record<PooledAnswer['method'], string>> = {
  none: 'one site, nothing is pooled',
  'fixed-effect': 'fixed effect',
  'dersimonian-laird': 'random effects, DerSimonian–Laird',
  reml: 'random effects, REML',
};

export const testNames: Readonly<Record<PooledAnswer['test'], string>> = {
  normal: 'normal interval',
  'floored-knapp-hartung': 'floored Knapp–Hartung interval',
  'student-t': 't interval',
};

export const statusNames: Readonly<Record<PlannedQuestion['status'], string>> = {
  primary: 'Primary comparison',
  secondary: 'Secondary comparison',
  exploratory: 'Exploratory comparison: the plan does not name it',
};

export const exclusionNames: Readonly<Record<SiteExclusion['reason'], string>> = {
  'not-reported': 'no report yet',
  'below-floor': 'fewer patients than the site’s floor',
  refused: 'the site refused the job',
  failed: 'the job failed',
  'not-qualified': 'its machine is not qualified',
  'qualification-missing': 'no answers to the phantoms yet',
  withheld: 'withheld',
  degenerate: 'has no variance, so no weight',
  'not-estimable': 'not estimable',
};

export const qualificationNames: Readonly<Record<SiteSummary['qualification'], string>> = {
  'not-asked': 'not asked for',
  qualified: 'qualified',
  'not-qualified': 'not qualified',
  missing: 'no answers yet',
};

export const armNames: Readonly<Record<z.infer<typeof Arm>, string>> = {
  original: 'original',
  inpainted: 'inpainted',
  clipped: 'clipped',
  placebo: 'placebo',
};

export const jobNames: Readonly<Record<z.infer<typeof JobState>, string>> = {
  offered: 'offered',
  held: 'waits for a person at the site',
  accepted: 'accepted',
  running: 'running',
  withheld: 'finished; the site holds its report back',
  reported: 'reported',
  refused: 'refused',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const phaseNames: Readonly<Record<z.infer<typeof JobPhase>, string>> = {
  fetching: 'fetching models',
  checking: 'checking',
  evaluating: 'evaluating films',
  reporting: 'writing its report',
};

export const refusalNames: Readonly<Record<z.infer<typeof RefusalCode>, string>> = {
  'floors-not-met': 'too few patients in a class for the site’s floors',
  'policy-refused': 'the site’s policy does not allow it',
  'declined-by-person': 'a person at the site declined',
  'withdrawn-by-person': 'a person at the site withdrew',
  'report-withheld': 'the report is finished, and the site holds it back',
  'dataset-not-found': 'no dataset is registered for this study',
  'dataset-changed': 'the films are not those that were registered',
  'offer-invalid': 'the offer could not be verified',
  'release-invalid': 'the release of a model could not be verified',
  'canary-failed': 'a model gives other outputs on the site’s machine',
  'model-unloadable': 'a model cannot be loaded',
  'protocol-invalid': 'the protocol could not be verified',
  'inference-failed': 'a model stopped with an error',
  'egress-refused': 'the site’s gate let the report not out',
  internal: 'an unexpected error; the site’s log says more',
};
