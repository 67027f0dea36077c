// The recipe that every site followed, as it was signed.
import type { ProtocolDocument } from '@sidemark/core/contract';
import type { RunEvidence } from '../evidence/run-evidence.ts';
import { type Block, column, paragraph, type Section, tableOf } from '../document/block.ts';
import { levelText, percent, shortDigest, three } from '../text/number.ts';
import { cellName } from './answers.ts';

export function protocolSection(evidence: RunEvidence): Section {
  const { protocol } = evidence;
  return {
    id: 'protocol',
    title: 'Protocol',
    blocks: [
      paragraph(
        `Protocol ${protocol.name}, version ${protocol.version}, was frozen and signed with the release key before any site was offered the run. A site verifies the signature, asks its own policy, and evaluates nothing else.`,
      ),
      { kind: 'facts', facts: factsOf(protocol) },
      ...modelTable(evidence),
      ...comparisonTable(protocol),
    ],
  };
}

function factsOf(protocol: ProtocolDocument): [string, string][] {
  const { arms, views, maskPolicy, disclosure, analysis, fill, featherPx, tiling, qualification } = protocol;
  const hole = `boxes grown by ${percent(100 * maskPolicy.dilateFraction)} of a side, at least ${maskPolicy.dilateMinPx} px; beyond ${percent(100 * maskPolicy.maxAreaFraction)} of the film a box is counted, not filled`;
  return [
    ['Arms of each film', arms.join(', ')],
    ['Views', views.join(', ')],
    ['Markers are found', tiling ? 'on the whole film and in tiles' : 'on the whole film'],
    [
      'Detector threshold',
      maskPolicy.scoreThreshold === null ? 'as shipped with the model' : three(maskPolicy.scoreThreshold),
    ],
    ['Holes', hole],
    ['Holes are filled by', fill === undefined || fill === 'model' ? 'the inpainter' : fill],
    ...(featherPx ? [['Feather', `${featherPx} px inside the hole`] satisfies [string, string]] : []),
    ['Films that do not lie upright', orientationText(protocol)],
    ['Disclosure floor', `${disclosure.minPatientsPerClass} patients in each class; a site may ask for more`],
    ['Intervals', levelText(analysis.level)],
    [
      'Qualification',
      qualification ? `pack of phantoms ${shortDigest(qualification.pack)}` : 'not asked for',
    ],
    ...(protocol.segmentation
      ? [
          [
            'Dice of two empty masks',
            protocol.segmentation.bothEmpty === 'one' ? '1' : 'left out',
          ] satisfies [string, string],
        ]
      : []),
  ];
}

function orientationText({ orientation }: ProtocolDocument): string {
  if (orientation === undefined) return 'flagged, none excluded or corrected';
  const { inverted, mirrored, rotated, lateral } = orientation;
  return `inverted: ${inverted}, mirrored: ${mirrored}, rotated: ${rotated}, lateral: ${lateral}`;
}

function modelTable({ protocol, manifests }: RunEvidence): Block[] {
  const used = [
    { role: 'detector', ...protocol.detector },
    { role: 'inpainter', ...protocol.inpainter },
    ...protocol.classifiers.map(({ id, model }) => ({ role: `classifier ${id}`, ...model })),
  ];
  const columns = [
    column('Role', 30),
    column('Model', 30),
    column('Trained on', 16),
    column('SHA-256 of the ONNX bytes', 66),
  ];
  const rows = used.map(({ role, name, version, sha256 }, i) => {
    const manifest = manifests[i];
    const trained = manifest?.role === 'classifier' ? (manifest.trainedArm ?? 'not said') : '';
    return [role, `${name} ${version}`, trained, sha256];
  });
  return tableOf('Models, released under the key of the trial', columns, rows);
}

function comparisonTable({ comparisons, analysis }: ProtocolDocument): Block[] {
  const rows = comparisons.map(({ id, a, b, primary }) => {
    const family = analysis.plan?.families.find(({ comparisons: ids }) => ids.includes(id))?.name;
    const margin = analysis.plan?.margins.find(({ comparison }) => comparison === id);
    return [
      ...[id, `${cellName(a)} minus ${cellName(b)}`],
      analysis.plan ? (family ?? 'exploratory') : primary ? 'primary' : 'exploratory',
      margin ? `${margin.question}, margin ${three(margin.margin)}` : 'difference from 0, two-sided',
    ];
  });
  const columns = [
    column('Comparison', 28),
    column('Difference in AUC', 60),
    column('Family', 20),
    column('Question', 36),
  ];
  return tableOf('Comparisons, as signed', columns, rows);
}
