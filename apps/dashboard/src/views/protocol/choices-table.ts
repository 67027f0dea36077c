// The choices of a protocol beside its models and questions, in words, for whoever signs it.
import type { ProtocolDocument } from '@sidemark/core/contract';
import type { Table } from '../parts/table.ts';

const percent = (share: number): string => `${Number((100 * share).toPrecision(6))} %`;

export function choicesTable(document: ProtocolDocument): Table {
  const choices: [what: string, text: string][] = [
    ['Views that count', document.views.join(', ')],
    ['Masks', masks(document)],
    ['Holes are filled by', filling(document)],
    ['Tiles', tiles(document)],
    ['Orientation', orientation(document)],
    ['A marker drawn in', swap(document)],
    ['Confirmatory questions are about', `${document.analysis.plan?.sites ?? 'all'} sites`],
    ['Confidence level', percent(document.analysis.level)],
    ...internalSites(document),
    [
      'Dice with nothing to find',
      document.segmentation?.bothEmpty === 'excluded' ? 'left out and counted' : '1',
    ],
    [
      'Qualification pack',
      document.qualification ? document.qualification.pack : 'none: sites count without one',
    ],
  ];
  return {
    caption: 'Choices',
    file: 'protocol-choices',
    columns: [{ label: 'What' }, { label: 'Choice' }],
    rows: choices.map(([what, text]) => [{ text: what }, { text }]),
  };
}

function masks({ maskPolicy: policy }: ProtocolDocument): string {
  const { scoreThreshold, dilateFraction, dilateMinPx, maxAreaFraction } = policy;
  const said = [
    scoreThreshold === null ? 'threshold as shipped' : `threshold ${scoreThreshold}`,
    `boxes grow by ${percent(dilateFraction)}, ${dilateMinPx} px at least`,
    `left alone above ${percent(maxAreaFraction)} of the film`,
  ];
  if (policy.version === 1) return said.join('; ');
  const { sameObject, refine, maxTruthShare } = policy;
  const source = sameObject.maskFrom === 'union' ? 'all of its boxes' : 'its best box';
  said.push(`one marker above an IoU of ${percent(sameObject.iou)}, drawn from ${source}`);
  if (refine)
    said.push(
      `drawn tight by Otsu’s cut, closed by ${refine.closePx} px, grown by ${refine.growPx} px, whole above a bright border of ${percent(refine.maxBorderShare)}`,
    );
  said.push(
    maxTruthShare === null
      ? 'lesions are not looked at'
      : `left to a person above ${percent(maxTruthShare)} on the lesion`,
  );
  return said.join('; ');
}

function filling({ fill = 'model', featherPx = 0 }: ProtocolDocument): string {
  if (fill === 'model')
    return featherPx === 0 ? 'the inpainter' : `the inpainter, fading in over ${featherPx} px`;
  return `${fill}, without a model`;
}

function tiles({ tiling }: ProtocolDocument): string {
  if (!tiling) return 'none: the film as a whole';
  const { scale, overlap, merge, wholeFilm } = tiling;
  return [
    `${scale} px of the detector for 1 px of the film`,
    `overlap ${percent(overlap)}`,
    `one marker above ${percent(merge)}`,
    wholeFilm ? 'and the film as a whole' : 'tiles alone',
  ].join('; ');
}

function orientation({ orientation: policy }: ProtocolDocument): string {
  const done = { flag: 'flagged', exclude: 'left out', correct: 'put right' };
  return Object.entries(policy ?? {})
    .map(([kind, fate]) => `${kind}: ${done[fate]}`)
    .join('; ');
}

function swap({ swap: asked }: ProtocolDocument): string {
  if (!asked) return 'not asked';
  const { letters, looks, corners, sizes } = asked;
  return [letters.join(', '), looks.join(', '), corners.join(', '), sizes.map(percent).join(', ')].join('; ');
}

function internalSites({ analysis: { plan } }: ProtocolDocument): [string, string][] {
  return (plan?.internalSites ?? []).map(({ classifier, sites }) => [
    `Sites whose films trained ${classifier}`,
    sites.length === 0 ? 'none' : sites.join(', '),
  ]);
}
