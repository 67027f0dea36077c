// What a model gave for one film, in words.
import type { Box } from '@sidemark/core/imaging';
import { table } from '@sidemark/terminal';
import type { TrialAnswer } from './trial-run.messages.ts';

export function trialText(answer: TrialAnswer, out: string | undefined): string {
  const { width, height, bits } = answer.film;
  return [
    `film: ${width} x ${height} px, ${bits} bits`,
    ...bodyOf(answer),
    ...(out === undefined ? [] : [`picture: ${out}`]),
  ].join('\n');
}

const round = (value: number): string => value.toFixed(1);
const boxOf = ({ x1, y1, x2, y2 }: Box): string[] => [x1, y1, x2, y2].map(round);
const right = ['right', 'left', 'right', 'right', 'right', 'right', 'right'] as const;

function bodyOf(answer: TrialAnswer): string[] {
  switch (answer.role) {
    case 'detector': {
      const { boxes, threshold } = answer;
      if (boxes.length === 0) return [`No box has a score of ${threshold} or more.`];
      const rows = boxes.map((box, i) => [`${i + 1}`, box.label, box.score.toFixed(3), ...boxOf(box)]);
      return [table(['', 'label', 'score', 'x1', 'y1', 'x2', 'y2'], rows, [...right])];
    }
    case 'inpainter': {
      const { holes, refusedBoxes, holePixels, changedPixels, changedOutside } = answer;
      const rows = holes.map((box, i) => [`${i + 1}`, ...boxOf(box)]);
      return [
        ...(holes.length > 0 ? [table(['hole', 'x1', 'y1', 'x2', 'y2'], rows)] : ['No hole to fill.']),
        ...(refusedBoxes > 0 ? [`${refusedBoxes} boxes are too large to be a marker, and were left.`] : []),
        `${changedPixels} of ${holePixels} pixels in the holes changed, ${changedOutside} outside.`,
      ];
    }
    case 'classifier':
      return classifierLines(answer);
  }
}

function classifierLines(answer: Extract<TrialAnswer, { role: 'classifier' }>): string[] {
  const { outputs, decision, predicted, map, lesionPixels } = answer;
  const rows = outputs.map(({ label, logit, probability }) => [
    label,
    logit.toFixed(4),
    probability.toFixed(4),
  ]);
  return [
    table(['label', 'logit', 'probability'], rows, ['left', 'right', 'right']),
    decision
      ? `${decision.label}: ${decision.positive ? 'positive' : 'negative'} at the threshold ${decision.threshold} on the logit`
      : `predicted: ${predicted ?? ''}`,
    map ? `activation map: ${map.width} x ${map.height}, ${map.method}` : 'activation map: none',
    ...(lesionPixels === undefined ? [] : [`segmented: ${lesionPixels} px of the film`]),
  ];
}
