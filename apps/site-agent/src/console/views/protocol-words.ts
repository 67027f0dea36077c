// A protocol in plain words, for whoever must approve it: what is looked for, what is changed, what is computed, what
// leaves. The signed document stands beside them.
import type { Arm, ProtocolDocument } from '@sidemark/core/contract';

export interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
}

const armWords: Readonly<Record<Arm, string>> = {
  original: 'original: the film as it is',
  inpainted: 'inpainted: the film with its side markers painted over',
  clipped: 'clipped: the film with its grey values cut to the range of the inpainted one',
  placebo: 'placebo: the film with holes of the same size painted over where no marker is',
};

const fillWords = {
  model: 'by the inpainter',
  harmonic: 'by a smooth surface between their edges; no model paints',
  'border-median': 'with the median of their border; no model paints',
  blackout: 'with black; no model paints',
} as const;

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

export function protocolWords(document: ProtocolDocument): Part[] {
  return [
    { heading: 'Which films', lines: films(document) },
    { heading: 'What is done to them', lines: changes(document) },
    { heading: 'What is computed', lines: figures(document) },
    { heading: 'What may leave', lines: leaves(document) },
  ];
}

function films({ views, orientation }: ProtocolDocument): string[] {
  const fates = Object.entries(orientation ?? {}).filter(([, fate]) => fate !== 'flag');
  return [
    `Films of these views: ${views.join(', ')}. Others are skipped and counted.`,
    ...fates.map(
      ([what, fate]) =>
        `A film that is ${what} is ${fate === 'exclude' ? 'left out and counted' : 'put right first'}.`,
    ),
    'Every file is read where it lies. No film, header or name leaves this machine.',
  ];
}

function changes({ maskPolicy, tiling, fill = 'model', arms }: ProtocolDocument): string[] {
  const { scoreThreshold, dilateMinPx, dilateFraction, maxAreaFraction } = maskPolicy;
  const threshold = scoreThreshold === null ? 'its own threshold' : `a score of ${scoreThreshold} or more`;
  return [
    `The detector looks for side markers, with ${threshold}${tiling ? ', also in tiles of the film' : ''}.`,
    `Each box is widened by ${percent(dilateFraction)} of its side, ${dilateMinPx} pixels at least; one of more than ${percent(maxAreaFraction)} of the film is left to a person and counted.`,
    `The holes are filled ${fillWords[fill]}. Outside of them every pixel stays what it is.`,
    `Each film is judged in these versions: ${arms.map((arm) => armWords[arm]).join('; ')}.`,
  ];
}

function figures({ classifiers, comparisons, analysis, qualification }: ProtocolDocument): string[] {
  const cell = ({ classifier, arm }: { classifier: string; arm: Arm }): string => `${classifier} on ${arm}`;
  return [
    `${classifiers.length === 1 ? 'One classifier judges' : `${classifiers.length} classifiers judge`} every version: ${classifiers.map(({ id }) => id).join(', ')}.`,
    ...comparisons
      .slice(0, 12)
      .map(
        ({ a, b, primary }) => `${primary ? 'Main question' : 'Compared'}: ${cell(a)} against ${cell(b)}.`,
      ),
    ...(comparisons.length > 12
      ? [`… and ${comparisons.length - 12} more comparisons; they stand in the document.`]
      : []),
    `Intervals hold ${percent(analysis.level)}.`,
    ...(qualification
      ? [
          'Before your films, a pack of drawn phantoms is judged, to see that this machine computes as it should. Its answers leave, too.',
        ]
      : []),
  ];
}

function leaves({ disclosure }: ProtocolDocument): string[] {
  return [
    `Counts and statistics, signed, when each class has ${disclosure.minPatientsPerClass} patients or more; your policy may ask for more, never for less.`,
    'While it works: how many films are done, and how fast. The state of the job.',
    'No pixel, no identifier, no value of a single film: the message has no field for one.',
  ];
}
