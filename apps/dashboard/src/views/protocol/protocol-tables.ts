// What a protocol says, as tables.
import type { ProtocolDocument } from '@sidemark/core/contract';
import { shortDigest } from '../../format/number.ts';
import type { Cell, Table } from '../parts/table.ts';

const digest = (sha256: string): Cell => ({ text: shortDigest(sha256), raw: sha256 });
const none: Cell = { text: '–', tone: 'quiet' };

export function modelsTable({ detector, inpainter, classifiers }: ProtocolDocument): Table {
  const row = (id: string, model: ProtocolDocument['detector'], more: readonly Cell[]): Cell[] => [
    ...[{ text: id }, { text: `${model.name}@${model.version}` }],
    ...[...more, digest(model.sha256)],
  ];
  const said = (text: string | undefined): Cell => (text === undefined ? none : { text });
  return {
    caption: 'Models',
    file: 'protocol-models',
    columns: ['Called', 'Model', 'Judged by', 'Fold of', 'SHA-256'].map((label) => ({ label })),
    rows: [
      row('detector', detector, [none, none]),
      row('inpainter', inpainter, [none, none]),
      ...classifiers.map(({ id, model, label, foldOf }) => row(id, model, [said(label), said(foldOf)])),
    ],
  };
}

const cellText = ({ classifier, arm }: { classifier: string; arm: string }): Cell => ({
  text: `${classifier} on ${arm}`,
});

export function comparisonsTable({ comparisons, analysis: { plan } }: ProtocolDocument): Table {
  return {
    caption: 'Comparisons',
    file: 'protocol-comparisons',
    columns: ['Name', 'A', 'minus B', 'Asked as', 'Margin'].map((label) => ({ label })),
    rows: comparisons.map(({ id, a, b, primary }) => {
      const family = plan?.families.find((one) => one.comparisons.includes(id))?.name;
      const margin = plan?.margins.find(({ comparison }) => comparison === id);
      return [
        { text: id },
        cellText(a),
        cellText(b),
        { text: family ?? (primary ? 'primary' : 'exploratory') },
        margin ? { text: `${margin.question}, ${margin.margin}` } : none,
      ];
    }),
  };
}

export function agreementsTable({ agreements = [] }: ProtocolDocument): Table {
  return {
    caption: 'Agreement of multi-class classifiers',
    file: 'protocol-agreements',
    columns: ['Name', 'A', 'with B'].map((label) => ({ label })),
    rows: agreements.map(({ id, a, b }) => [{ text: id }, cellText(a), cellText(b)]),
  };
}
