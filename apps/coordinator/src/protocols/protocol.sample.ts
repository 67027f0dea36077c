// A protocol document for tests: two binary classifiers on two arms, and their diagonal.
import type { ProtocolDocument } from '@sidemark/core/contract';

const model = (name: string, digit: string): ProtocolDocument['detector'] => ({
  name,
  version: '1.0.0',
  sha256: digit.repeat(64),
  manifestSha256: 'f'.repeat(64),
});

export const sampleProtocol: ProtocolDocument = {
  schema: 'sidemark.protocol/1',
  study: '00000000-0000-4000-8000-000000000001',
  name: 'main',
  version: 1,
  detector: model('markers', '1'),
  inpainter: model('filler', '2'),
  classifiers: [
    { id: 'with-markers', model: model('with-markers', '3') },
    { id: 'without-markers', model: model('without-markers', '4') },
  ],
  maskPolicy: {
    version: 1,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  },
  arms: ['original', 'inpainted'],
  comparisons: [
    {
      id: 'diagonal',
      a: { classifier: 'without-markers', arm: 'inpainted' },
      b: { classifier: 'with-markers', arm: 'original' },
      primary: true,
    },
  ],
  disclosure: { minPatientsPerClass: 10 },
  views: ['PA', 'AP', 'UNKNOWN'],
  analysis: { level: 0.95 },
};
