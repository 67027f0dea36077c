// What a protocol says, as tables.
import type { ProtocolDocument } from '@sidemark/core/contract';
import { shortDigest } from '../../format/number.ts';
import type { Cell, Table } from '../parts/table.ts';

const digest = (sha256: string): Cell => ({ text: shortDigest(sha256), raw: sha256 });

export function modelsTable({ detector, inpainter, classifiers }: ProtocolDocument): Table {
  const all = [{ id: 'detector', model: detector }, { id: 'inpainter', model: inpainter }, ...classifiers];
  return {
    caption: 'Models',
    file: 'protocol-models',
    columns: ['Called', 'Model', 'SHA-256'].map((label) => ({ label })),
    rows: all.map(({ id, model }) => [
      { text: id },
      { text: `${model.name}@${model.version}` },
      digest(model.sha256),
    ]),
  };
}

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
        { text: `${a.classifier} on ${a.arm}` },
        { text: `${b.classifier} on ${b.arm}` },
        { text: family ?? (primary ? 'primary' : 'exploratory') },
        margin ? { text: `${margin.question}, ${margin.margin}` } : { text: '–', tone: 'quiet' },
      ];
    }),
  };
}
