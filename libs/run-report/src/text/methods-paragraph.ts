// The statistical methods of a run as a paragraph for a paper, with its references: only what the plan asked and the data
// allowed is said.
import type { Analysis } from '@sidemark/core/contract';

const references = {
  delong:
    'DeLong ER, DeLong DM, Clarke-Pearson DL. Comparing the areas under two or more correlated receiver operating characteristic curves. Biometrics 1988;44:837-845.',
  obuchowski:
    'Obuchowski NA. Nonparametric analysis of clustered ROC curve data. Biometrics 1997;53:567-578.',
  reml: 'Viechtbauer W. Bias and efficiency of meta-analytic variance estimators in the random-effects model. J Educ Behav Stat 2005;30:261-293.',
  knappHartung:
    'Knapp G, Hartung J. Improved tests for a random effects meta-regression with a single covariate. Stat Med 2003;22:2693-2710.',
  floored:
    'Roever C, Knapp G, Friede T. Hartung-Knapp-Sidik-Jonkman approach and its modification for random-effects meta-analysis with few studies. BMC Med Res Methodol 2015;15:99.',
  prediction:
    'Higgins JPT, Thompson SG, Spiegelhalter DJ. A re-evaluation of random-effects meta-analysis. J R Stat Soc A 2009;172:137-159.',
  profile:
    'Viechtbauer W. Confidence intervals for the amount of heterogeneity in meta-analysis. Stat Med 2007;26:37-52.',
  logit:
    'Debray TPA, Damen JAAG, Riley RD, et al. A framework for meta-analysis of prediction model studies with binary and time-to-event outcomes. Stat Methods Med Res 2019;28:2768-2786.',
  holm: 'Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65-70.',
  gatekeeping:
    'Westfall PH, Krishen A. Optimally weighted, fixed sequence and gatekeeper multiple testing procedures. J Stat Plan Inference 2001;99:25-40.',
  bh: 'Benjamini Y, Hochberg Y. Controlling the false discovery rate. J R Stat Soc B 1995;57:289-300.',
  margin:
    'Blackwelder WC. "Proving the null hypothesis" in clinical trials. Control Clin Trials 1982;3:345-353.',
  mcnemar:
    'McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 1947;12:153-157.',
  stuartMaxwell:
    'Maxwell AE. Comparing the classification of subjects by two independent judges. Br J Psychiatry 1970;116:651-655.',
  ranks:
    'Salanti G, Ades AE, Ioannidis JPA. Graphical methods and numerical summaries for presenting results from multiple-treatment meta-analysis. J Clin Epidemiol 2011;64:163-171.',
} as const;
type Reference = keyof typeof references;

/** The paragraph, an empty line, and the references in the order they are cited. */
export function methodsParagraph(analysis: Analysis): string {
  const cited: Reference[] = [];
  const cite = (...names: Reference[]): string => {
    for (const name of names) if (!cited.includes(name)) cited.push(name);
    return `[${names.map((name) => cited.indexOf(name) + 1).join(',')}]`;
  };
  const sentences = [
    ...siteSentences(analysis, cite),
    ...poolingSentences(analysis, cite),
    ...planSentences(analysis, cite),
    ...otherSentences(analysis, cite),
  ];
  const list = cited.map((name, at) => `${at + 1}. ${references[name]}`);
  return [sentences.join(' '), '', ...list].join('\n');
}

type Cite = (...names: Reference[]) => string;

function siteSentences({ sites, level, exclusions }: Analysis, cite: Cite): string[] {
  const reported = sites.filter((site) => site.reported);
  const count = (role: 'internal' | 'external') => reported.filter((site) => site.role === role).length;
  const lost = exclusions.filter(({ from }) => from === 'run');
  const reasons = [...new Set(lost.map(({ reason }) => reason))].map(
    (reason) => `${lost.filter((one) => one.reason === reason).length} ${reason}`,
  );
  return [
    `Images stayed at ${number(reported.length, 'hospital')} (${count('internal')} internal, ${count('external')} external); each evaluated the same signed models and returned aggregate figures alone.`,
    ...(lost.length > 0 ? [`${number(lost.length, 'site')} did not count (${reasons.join(', ')}).`] : []),
    `At each site the area under the receiver operating characteristic curve (AUC) and paired AUC differences were computed with variances by DeLong's method, or by Obuchowski's where patients had several images ${cite('delong', 'obuchowski')}; intervals are ${percent(level)}.`,
  ];
}

function poolingSentences({ cells, comparisons }: Analysis, cite: Cite): string[] {
  const answers = [...cells, ...comparisons].flatMap(({ meta }) => meta.answer?.method ?? []);
  const [random, fixed, single] = (['reml', 'fixed-effect', 'none'] as const).map((method) =>
    answers.includes(method),
  );
  return [
    'Differences were pooled from the differences of the sites, never from two pooled AUCs; scores of different sites were never put into one curve.',
    ...(random
      ? [
          `With three sites and more, AUCs (on the logit scale ${cite('logit')}) and differences were pooled by random effects with the restricted maximum likelihood estimate of the variance between sites ${cite('reml')}, Knapp-Hartung intervals whose factor was at least 1 ${cite('knappHartung', 'floored')}, prediction intervals ${cite('prediction')} and Q-profile intervals of the variance between sites ${cite('profile')}; each site was left out in turn.`,
        ]
      : []),
    ...(fixed
      ? ['Figures of two sites were pooled by fixed effect, without a statement on heterogeneity.']
      : []),
    ...(single ? ['Figures of one site were not pooled.'] : []),
    'Beside each pooled difference stands the mean weighted by pairs of patients over all sites, those without any effect included.',
  ];
}

function planSentences({ plan, comparisons, level }: Analysis, cite: Cite): string[] {
  const explored = comparisons.filter(({ question }) => question.status === 'exploratory').length;
  const families = plan.families.map(({ name, comparisons: ids }) => `${name} (${ids.join(', ')})`);
  const where = plan.sites === 'all' ? 'all sites' : `${plan.sites} sites`;
  return [
    ...(families.length > 0
      ? [
          `The ${plan.declared ? 'analysis plan, signed with the protocol before data, asked' : 'protocol, signed before data, named as primary'}, at ${where}: ${families.join('; then ')}.`,
          families.length > 1
            ? `Families were tested in that order, Holm's method inside each, and one was opened only by all questions before it ${cite('holm', 'gatekeeping')}; the family-wise error was ${percent(1 - level)}.`
            : `Holm's method kept the family-wise error at ${percent(1 - level)} ${cite('holm')}.`,
        ]
      : ['The protocol named no primary comparison; everything is exploratory.']),
    ...plan.margins.map(
      ({ comparison, question, margin }) =>
        `${comparison} was tested for ${question} with a margin of ${margin} ${cite('margin')}.`,
    ),
    ...(explored > 0
      ? [
          `${number(explored, 'further comparison')} ${explored === 1 ? 'is' : 'are'} exploratory, with p values for the false discovery rate ${cite('bh')}.`,
        ]
      : []),
  ];
}

function otherSentences(
  { decomposition, ranking, reliance, swap, agreement }: Analysis,
  cite: Cite,
): string[] {
  return [
    ...(decomposition.length > 0
      ? [
          'The effect of inpainting was split into grey-scale range (clipped minus original) and marker shape (inpainted minus clipped) with the weights of the total.',
        ]
      : []),
    ...(reliance.some(({ difference }) => difference)
      ? [
          'Reliance on markers is the mean size of the change of the logit by inpainting them, less that by inpainting holes of the same size where no marker is.',
        ]
      : []),
    ...(swap.length > 0
      ? [
          `Each of ${swap[0]!.glyphs} marker glyphs was drawn in turn on the films whose markers had been filled; worst-case figures take, film by film, the glyph or none that misleads most.`,
        ]
      : []),
    ...(ranking.length > 0
      ? [
          `How often each arm is best is its share of ${ranking[0]!.draws.toLocaleString('en')} draws from the pooled differences ${cite('ranks')}.`,
        ]
      : []),
    ...(agreement.length > 0
      ? [
          `Class predictions on two arms were compared by the Stuart-Maxwell test on added tables ${cite('stuartMaxwell')}, which tests how often the classes are predicted, not which predictions are right.${agreement.some(({ correctness }) => correctness.kind === 'mcnemar') ? ` Which are right was compared by McNemar's test over the sites that may show it ${cite('mcnemar')}.` : ''}`,
        ]
      : []),
  ];
}

const number = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
