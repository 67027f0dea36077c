// Reports that are well signed by the right key and say what they must not.
import type { Report } from '@sidemark/core/contract';
import { canonicalJson, digestOf, sha256 } from '@sidemark/core/signing';
import { signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import type { HostileCase } from './hostile.ts';
import { signedBytes, type World } from './world.ts';

type Header = Partial<Report['header']>;

const made = (expected: string, name: string, make: (world: World) => unknown): HostileCase => ({
  door: 'report',
  name,
  expected,
  prepare: async (world) => {
    const body = JSON.stringify(await make(world));
    return () => world.sendReport(body);
  },
});
const header = (expected: string, name: string, change: (world: World) => Header): HostileCase =>
  made(expected, name, (world) =>
    signReport(world.bench.report(world.bench.alpha, change(world)), world.bench.alpha.key),
  );
const changed = (expected: string, name: string, change: (report: Report) => unknown): HostileCase =>
  made(expected, name, ({ bench }) => signReport(change(bench.report(bench.alpha)), bench.alpha.key));
/** The signed text is another one than the canonical. */
const text = (name: string, change: (canonical: string) => string | Uint8Array): HostileCase =>
  made('report-invalid', name, ({ bench }) =>
    signedBytes(change(canonicalJson(bench.report(bench.alpha))), bench.alpha.key),
  );
/** Another result under its right digest. */
const result = (name: string, change: (result: Report['result']) => object): HostileCase =>
  changed('report-invalid', name, (report) => {
    const other = change(report.result);
    return { ...report, result: other, resultDigest: digestOf(other) };
  });

const headerCases: HostileCase[] = [
  header('report-wrong-site', 'another site in the header', ({ bench }) => ({ site: bench.beta.id })),
  header('report-wrong-site', 'another key in the header', ({ bench }) => ({
    siteKeyId: bench.beta.key.keyId,
  })),
  header('report-wrong-job', 'another study', ({ study }) => ({ study })),
  header('report-wrong-job', 'another run', ({ accepted }) => ({ run: accepted.report.header.run })),
  header('report-wrong-job', 'the job of another site', ({ bench }) => ({
    job: bench.jobOf(bench.beta).id,
  })),
  header('report-wrong-job', 'no such job', ({ bench }) => ({ job: bench.run.id })),
  header('report-digest-mismatch', 'another protocol', () => ({ protocolDigest: sha256('other') })),
  header('report-digest-mismatch', 'other models', () => ({
    models: ['1', '2', '3'].map((digit) => digit.repeat(64)),
  })),
  changed('report-digest-mismatch', 'the models in another order', (report) => ({
    ...report,
    header: { ...report.header, models: [...report.header.models].reverse() },
  })),
  changed('report-digest-mismatch', 'a wrong result digest', (report) => ({
    ...report,
    resultDigest: sha256('other'),
  })),
  changed('report-digest-mismatch', 'a figure improved after the digest was made', (report) => ({
    ...report,
    result: { ...report.result, inert: { inpainted: 0, clipped: 0 } },
  })),
  header('report-sequence-replayed', 'a sequence number used before', ({ accepted }) => ({
    sequence: accepted.report.header.sequence,
  })),
  header('report-invalid', 'sequence number 0', () => ({ sequence: 0 })),
  header('report-invalid', 'a sequence number beyond 2^53', () => ({ sequence: 2 ** 60 })),
  header('report-conflict', 'another payload for a reported job', ({ accepted }) => ({
    run: accepted.report.header.run,
    job: accepted.report.header.job,
  })),
];

const resultCases: HostileCase[] = [
  changed('report-invalid', 'an unknown report key', (report) => ({ ...report, pixels: [1, 2, 3] })),
  changed('report-invalid', 'an unknown header key', (report) => ({
    ...report,
    header: { ...report.header, hospital: 'north' },
  })),
  result('an unknown result key', (figures) => ({ ...figures, patients: ['P-1'] })),
  result('"NaN" for a number', (figures) => ({ ...figures, inert: { inpainted: 'NaN', clipped: 0 } })),
  result('a negative count', (figures) => ({ ...figures, inert: { inpainted: -1, clipped: 0 } })),
  result('half a patient', (figures) => ({ ...figures, inert: { inpainted: 0.5, clipped: 0 } })),
  result('an AUC of 7', (figures) => figuresWithAuc(figures, 7)),
  result('a comparison left out', (figures) => ({ ...figures, comparisons: [] })),
  result('the classifiers in another order', (figures) => ({
    ...figures,
    classifiers: [...figures.classifiers].reverse(),
  })),
  result('a thousand classifiers', (figures) => ({
    ...figures,
    classifiers: Array.from({ length: 1000 }, () => figures.classifiers[0]),
  })),
];

const textCases: HostileCase[] = [
  text('10,000 levels of JSON in the payload', (canonical) =>
    canonical.replace('{', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`),
  ),
  text('NaN as a bare word', (canonical) => canonical.replace('"value":0.8', '"value":NaN')),
  text('infinity as 1e999', (canonical) => canonical.replace('"value":0.8', '"value":1e999')),
  text('one key twice, the last as it should be', (canonical) =>
    canonical.replace('"clipped":4', '"clipped":400,"clipped":4'),
  ),
  text('the whole result twice', (canonical) => canonical.replace('"result":', '"result":{},"result":')),
  text('spaces and line ends', (canonical) => JSON.stringify(JSON.parse(canonical), null, 2)),
  text('a key in \\u escapes', (canonical) => canonical.replace('"inert"', '"\\u0069nert"')),
  text('a byte order mark before it', (canonical) => `\ufeff${canonical}`),
  text('__proto__ at the top', (canonical) => canonical.replace('{', '{"__proto__":{"polluted":1},')),
  text('__proto__ in the header', (canonical) =>
    canonical.replace('"header":{', '"header":{"__proto__":{"polluted":1},'),
  ),
  text('constructor.prototype', (canonical) =>
    canonical.replace('{', '{"constructor":{"prototype":{"polluted":1}},'),
  ),
  text('bytes that are no UTF-8', (canonical) =>
    Buffer.concat([Buffer.from(canonical), Buffer.of(0xff, 0xfe)]),
  ),
  text('UTF-16', (canonical) => Buffer.from(canonical, 'utf16le')),
  text('nothing', () => ''),
  text('null', () => 'null'),
];

function figuresWithAuc(figures: Report['result'], value: number): object {
  const [first, ...rest] = figures.classifiers;
  const auc = [
    { kind: 'estimate', value },
    { kind: 'estimate', value },
  ];
  return { ...figures, classifiers: [{ ...first, auc }, ...rest] };
}

export const reportContentCases = [...headerCases, ...resultCases, ...textCases];
