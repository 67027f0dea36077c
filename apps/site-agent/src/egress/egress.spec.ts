import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { payloadTypes, type Report } from '@sidemark/core/contract';
import { chainStart, digestOf, linkHash } from '@sidemark/core/signing';
import {
  evidenceOf,
  factsApart,
  harmlessFacts,
  ids,
  models,
  protocolDigest,
  resultOf,
  seal,
  strangerKey,
} from '../jobs/trial.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { EgressGate, type Terms } from './gate.ts';
import { LedgerStore } from './ledger.store.ts';
import { judgeLedger } from './ledger-verdict.ts';

let directory: DataDirectory;
let ledger: LedgerStore;
let gate: EgressGate;

beforeEach(async () => {
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
  ledger = new LedgerStore(directory.ledger);
  gate = new EgressGate(
    'https://trial.example',
    ledger,
    new PolicyStore(directory.policy),
    systemClock,
    silentLog,
  );
});

const terms: Terms = { job: ids.job, protocolDigest, minPatientsPerClass: 10 };
const reportOf = (positives: number, negatives: number): Report => {
  const result = resultOf({ positives, negatives });
  const header = {
    schema: 'sidemark.report/1' as const,
    contract: 1,
    study: ids.study,
    run: ids.run,
    job: ids.job,
    site: ids.site,
    siteKeyId: 'b'.repeat(64),
    sequence: 1,
    protocolDigest,
    models: Object.values(models).map(({ ref }) => ref.sha256),
    datasetDigest: 'd'.repeat(64),
    agentVersion: '0.1.0',
    nodeVersion: '20.0.0',
    onnxruntimeVersion: '1.0.0',
    platform: 'linux' as const,
    architecture: 'x64' as const,
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
  return { header, result, resultDigest: digestOf(result) };
};
const envelopeOf = (report: unknown): ReturnType<typeof seal> =>
  seal(payloadTypes.report, report, strangerKey);
const policy = (lines: string): Promise<void> =>
  writeFile(directory.policy, `schema: sidemark.policy/1\n${lines}\n`);

describe('a report', () => {
  test('leaves with every class at the floor, and is in the ledger as a whole first', async () => {
    const report = reportOf(10, 10);
    const cleared = await gate.submission(envelopeOf(report), terms);
    expect(cleared.value).toMatchObject({ method: 'POST', path: '/api/site/reports' });
    const [entry] = await ledger.entries();
    expect(entry?.content).toMatchObject({ kind: 'report', report, payloadDigest: digestOf(report) });
  });

  test('is written once and counted when it leaves again', async () => {
    await gate.submission(envelopeOf(reportOf(10, 10)), terms);
    const later = new EgressGate(
      gate.to,
      new LedgerStore(directory.ledger),
      new PolicyStore(directory.policy),
      systemClock,
      silentLog,
    );
    await later.submission(envelopeOf(reportOf(10, 10)), terms);
    expect((await ledger.entries()).map(({ content }) => content.kind)).toEqual(['report', 'report-again']);
  });

  test.each([
    ['a class below the floor', reportOf(9, 40), terms],
    ['an empty class', reportOf(0, 40), terms],
    ['a class below a stricter protocol', reportOf(10, 40), { ...terms, minPatientsPerClass: 11 }],
    ['another job', reportOf(20, 40), { ...terms, job: ids.run }],
    ['another protocol', reportOf(20, 40), { ...terms, protocolDigest: 'f'.repeat(64) }],
    ['a wrong result digest', { ...reportOf(20, 40), resultDigest: 'f'.repeat(64) }, terms],
    ['a field that the schema does not know', { ...reportOf(20, 40), patients: ['ANON-1'] }, terms],
  ])('with %s stays, and nothing is in the ledger', async (_what, report, expected) => {
    await expect(gate.submission(envelopeOf(report), expected)).rejects.toMatchObject({
      code: 'egress-refused',
    });
    expect(await ledger.entries()).toEqual([]);
  });

  test('stays when the site has tightened its policy since, or refuses the protocol now', async () => {
    await policy('floors: {minPatientsPerClass: 50}');
    await expect(gate.report(reportOf(20, 40), terms, evidenceOf(harmlessFacts))).rejects.toMatchObject({
      code: 'egress-refused',
    });
    await policy('default: refuse');
    await expect(gate.report(reportOf(20, 40), terms, evidenceOf(harmlessFacts))).rejects.toMatchObject({
      code: 'egress-refused',
    });
    await policy('default: [');
    await expect(gate.report(reportOf(20, 40), terms, evidenceOf(harmlessFacts))).rejects.toMatchObject({
      code: 'policy-invalid',
    });
  });
});

describe('a report that tells of one patient', () => {
  const oneApart = factsApart(1);

  test('waits for a person, whose release is for those figures alone', async () => {
    const report = reportOf(20, 40);
    await expect(gate.report(report, terms, evidenceOf(oneApart))).rejects.toMatchObject({
      code: 'disclosure-held',
      details: {
        problems: ['shortcut on original says the same of all patients but 1'],
        resultDigest: report.resultDigest,
      },
    });
    await expect(
      gate.report(report, terms, evidenceOf(oneApart), { released: 'f'.repeat(64) }),
    ).rejects.toMatchObject({
      code: 'disclosure-held',
    });
    expect(await ledger.reported.all()).toEqual([]);
    await gate.report(report, terms, evidenceOf(oneApart), { released: report.resultDigest });
    expect(await ledger.reported.all()).toMatchObject([{ resultDigest: report.resultDigest }]);
    // said once, it is no news
    await gate.report(report, terms, evidenceOf(oneApart));
  });

  test('never leaves where the policy refuses such reports, released or not', async () => {
    await policy('oracles: refuse');
    const report = reportOf(20, 40);
    await expect(
      gate.report(report, terms, evidenceOf(oneApart), { released: report.resultDigest }),
    ).rejects.toMatchObject({ code: 'egress-refused' });
  });

  test('cannot be made of a policy that switches the rules off', async () => {
    await policy('oracles: off');
    await expect(gate.report(reportOf(20, 40), terms, evidenceOf(oneApart))).rejects.toMatchObject({
      code: 'policy-invalid',
    });
  });

  test('waits when what earlier reports rested on is gone', async () => {
    const first = reportOf(20, 40);
    await gate.report(first, terms, evidenceOf(harmlessFacts));
    await gate.submission(envelopeOf(first), terms);
    await gate.report(reportOf(21, 40), terms, evidenceOf(harmlessFacts, 'other'));
    await rm(join(directory.egress, 'reported'), { recursive: true });
    await expect(
      gate.report(reportOf(22, 40), terms, evidenceOf(harmlessFacts, 'third')),
    ).rejects.toMatchObject({
      details: { problems: [expect.stringMatching(/^1 earlier reports cannot be compared/)] },
    });
  });
});

test('the budget is of the patients, counted across restarts, and the same figures again are free', async () => {
  await policy('budget: {reportsPerDataset: 2}');
  const ask = (positives: number, name = ''): Promise<unknown> => {
    const again = new EgressGate(
      gate.to,
      new LedgerStore(directory.ledger),
      new PolicyStore(directory.policy),
      systemClock,
      silentLog,
    );
    return again.report(reportOf(positives, 40), terms, evidenceOf(harmlessFacts, name));
  };
  await ask(20);
  await ask(21);
  await expect(ask(22)).rejects.toMatchObject({
    code: 'budget-exhausted',
    details: { reports: 2, reportsPerDataset: 2 },
  });
  await ask(20);
  await ask(22, 'other patients');
  await policy('budget: {reportsPerDataset: 3}');
  await ask(23);
});

describe('progress and presence', () => {
  const progress = {
    job: ids.job,
    phase: 'evaluating' as const,
    imagesDone: 1,
    imagesTotal: 2,
    ratePerSecond: 1,
    etaSeconds: 1,
  };

  test('progress leaves with the floors passed, and never before', async () => {
    expect(() => gate.progress({ passedFor: ids.job, floor: 10 }, progress)).toThrow(
      expect.objectContaining({ code: 'egress-refused' }),
    );
    await expect(gate.passFloors(terms, { '0': 10, '1': 9 })).rejects.toMatchObject({
      code: 'floors-not-met',
      details: { floor: 10 },
    });
    const pass = await gate.passFloors(terms, { '0': 10, '1': 10 });
    expect(gate.progress(pass, progress).value).toEqual(progress);
    expect(() => gate.progress(pass, { ...progress, job: ids.run })).toThrow();
  });

  test('is kept as kind, count and bytes', async () => {
    const pass = await gate.passFloors(terms, { '0': 10, '1': 10 });
    gate.progress(pass, progress);
    gate.progress(pass, progress);
    gate.request('siteModel', models.detector.ref.sha256);
    const { value } = gate.request('siteModelBytes', models.detector.ref.sha256, 17);
    gate.heartbeat();
    await gate.flushPresence();
    await gate.flushPresence();
    const entries = await ledger.entries();
    const bytes = 2 * JSON.stringify(progress).length;
    expect(entries).toHaveLength(1);
    expect(entries[0]?.content).toMatchObject({
      messages: [
        { kind: 'progress', count: 2, bytes },
        { kind: 'request', count: 2, bytes: 2 * value.path.length - '/bytes'.length + 'bytes=17-'.length },
        { kind: 'heartbeat', count: 1, bytes: 1 },
      ],
    });
  });

  test('a request names a digest and nothing else', () => {
    expect(() => gate.request('siteModel', '../patients')).toThrow();
  });

  test('a hello is a hello: no other statement leaves by that door', () => {
    expect(() => gate.hello(envelopeOf(reportOf(20, 20)))).toThrow(
      expect.objectContaining({ code: 'egress-refused' }),
    );
  });
});

describe('the ledger', () => {
  const state = (n: number): Promise<unknown> =>
    gate.jobState(ids.job, { state: n % 2 ? 'held' : 'accepted', code: null });
  const verdict = async (): Promise<ReturnType<typeof judgeLedger>> => judgeLedger(await ledger.lines());

  test('is a chain in the order of the calls, across restarts', async () => {
    await Promise.all([1, 2, 3].map(state));
    gate = new EgressGate(
      gate.to,
      new LedgerStore(directory.ledger),
      new PolicyStore(directory.policy),
      systemClock,
      silentLog,
    );
    await state(4);
    expect(await verdict()).toMatchObject({ entries: 4, firstBroken: null, torn: false });
  });

  test.each([
    [
      'an edited entry',
      (lines: string[]) => lines.map((line, i) => (i === 1 ? line.replace('accepted', 'running') : line)),
      2,
    ],
    ['a removed entry', (lines: string[]) => lines.toSpliced(1, 1), 2],
    ['two entries swapped', ([a = '', b = '', c = '']: string[]) => [b, a, c], 1],
  ])('%s shows', async (_what, tamper, firstBroken) => {
    await Promise.all([1, 2, 3].map(state));
    const lines = (await readFile(directory.ledger, 'utf8')).trimEnd().split('\n');
    await writeFile(directory.ledger, `${tamper(lines).join('\n')}\n`);
    expect(await verdict()).toMatchObject({ firstBroken });
  });

  test('an acknowledged report that is cut off the end shows', async () => {
    await state(1);
    await gate.submission(envelopeOf(reportOf(10, 10)), terms);
    const digest = digestOf(reportOf(10, 10));
    expect(judgeLedger(await ledger.lines(), [digest]).missingReports).toEqual([]);
    const [first = ''] = (await readFile(directory.ledger, 'utf8')).split('\n');
    await writeFile(directory.ledger, `${first}\n`);
    expect(judgeLedger(await ledger.lines(), [digest])).toMatchObject({
      firstBroken: null,
      missingReports: [digest],
    });
  });

  test('a report put in the place of another shows, also where the chain was made anew', async () => {
    await gate.submission(envelopeOf(reportOf(10, 10)), terms);
    const [entry] = await ledger.entries();
    const content = { ...entry!.content, report: reportOf(20, 20) };
    const forged = { ...entry, content, hash: linkHash(chainStart, content) };
    await writeFile(directory.ledger, `${JSON.stringify(forged)}\n`);
    expect(await verdict()).toMatchObject({ firstBroken: 1 });
  });

  test('a line cut by a crash is taken off by the next entry', async () => {
    await state(1);
    await appendFile(directory.ledger, '{"sequence":2,"previous":"');
    expect(await verdict()).toMatchObject({ torn: true, firstBroken: null });
    ledger = new LedgerStore(directory.ledger);
    gate = new EgressGate(gate.to, ledger, new PolicyStore(directory.policy), systemClock, silentLog);
    await state(2);
    expect(await verdict()).toMatchObject({ entries: 2, torn: false, firstBroken: null });
  });
});
