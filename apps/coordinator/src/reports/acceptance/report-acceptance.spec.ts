import { describe, expect, it } from '@jest/globals';
import type { ReportHeader } from '@sidemark/core/contract';
import { type AcceptanceFacts, type JobFacts, judgeReport } from './report-acceptance.ts';

const digest = (letter: string) => letter.repeat(64);
const models = [digest('1'), digest('2'), digest('3')];

const header: ReportHeader = {
  schema: 'sidemark.report/1',
  contract: 1,
  study: 'study',
  run: 'run',
  job: 'job',
  site: 'site',
  siteKeyId: digest('a'),
  sequence: 7,
  protocolDigest: digest('b'),
  models,
  datasetDigest: digest('c'),
  agentVersion: '1.0.0',
  nodeVersion: '20.19.0',
  onnxruntimeVersion: '1.23.0',
  platform: 'linux',
  architecture: 'x64',
  finishedAt: '2026-01-01T00:00:00.000Z',
};
const job: JobFacts = {
  site: 'site',
  run: 'run',
  study: 'study',
  state: 'running',
  runState: 'open',
  protocolDigest: digest('b'),
  models,
};
const facts: AcceptanceFacts = {
  site: { id: 'site', study: 'study', state: 'approved' },
  signer: { keyId: digest('a'), state: 'valid' },
  header,
  resultDigest: { claimed: digest('d'), actual: digest('d') },
  job,
  stored: false,
  sequenceUsed: false,
};
const withHeader = (change: Partial<ReportHeader>) => ({ header: { ...header, ...change } });
const withJob = (change: Partial<JobFacts>) => ({ job: { ...job, ...change } });
const withSite = (state: AcceptanceFacts['site']['state']) => ({ site: { ...facts.site, state } });
const code = (verdict: ReturnType<typeof judgeReport>) =>
  verdict.kind === 'refuse' ? verdict.code : verdict.kind;

describe('judgeReport', () => {
  const table: [string, string, Partial<AcceptanceFacts>][] = [
    ['a report that fits', 'accept', {}],
    ['a report for an offer not yet answered', 'accept', withJob({ state: 'offered' })],
    ['a report for a held job', 'accept', withJob({ state: 'held' })],
    ['a report for an accepted job', 'accept', withJob({ state: 'accepted' })],
    ['a payload that is stored', 'replay', { stored: true }],
    ['another site in the header', 'report-wrong-site', withHeader({ site: 'other' })],
    [
      'another site in the header of a stored payload',
      'report-wrong-site',
      { ...withHeader({ site: 'other' }), stored: true },
    ],
    ['another key in the header', 'report-wrong-site', withHeader({ siteKeyId: digest('e') })],
    ['a revoked key', 'key-revoked', { signer: { ...facts.signer, state: 'revoked' } }],
    ['a key not yet valid', 'key-not-yet-valid', { signer: { ...facts.signer, state: 'not-yet-valid' } }],
    ['an expired key', 'key-expired', { signer: { ...facts.signer, state: 'expired' } }],
    ['a suspended site', 'site-suspended', withSite('suspended')],
    ['a revoked site', 'site-suspended', withSite('revoked')],
    ['a site that waits for approval', 'site-not-approved', withSite('pending')],
    ['no such job', 'report-wrong-job', { job: undefined }],
    ['the job of another site', 'report-wrong-job', withJob({ site: 'other' })],
    ['another run', 'report-wrong-job', withHeader({ run: 'other' })],
    ['another study', 'report-wrong-job', withHeader({ study: 'other' })],
    ['a site of another study', 'site-not-associated', { site: { ...facts.site, study: 'other' } }],
    [
      'a wrong result digest',
      'report-digest-mismatch',
      { resultDigest: { claimed: digest('d'), actual: digest('e') } },
    ],
    ['another protocol', 'report-digest-mismatch', withHeader({ protocolDigest: digest('e') })],
    [
      'another model',
      'report-digest-mismatch',
      withHeader({ models: [digest('1'), digest('2'), digest('4')] }),
    ],
    ['the models in another order', 'report-digest-mismatch', withHeader({ models: [...models].reverse() })],
    ['another payload for a reported job', 'report-conflict', withJob({ state: 'reported' })],
    ['a refused job', 'report-job-closed', withJob({ state: 'refused' })],
    ['a failed job', 'report-job-closed', withJob({ state: 'failed' })],
    ['a cancelled job', 'report-job-closed', withJob({ state: 'cancelled' })],
    ['a closed run', 'report-job-closed', withJob({ runState: 'closed' })],
    ['a cancelled run', 'report-job-closed', withJob({ runState: 'cancelled' })],
    ['a sequence number used before', 'report-sequence-replayed', { sequenceUsed: true }],
  ];
  it.each(table)('%s: %s', (_, expected, change) => {
    expect(code(judgeReport({ ...facts, ...change }))).toBe(expected);
  });

  it('gives the receipt again whatever has happened since', () => {
    const since: Partial<AcceptanceFacts>[] = [
      withSite('suspended'),
      withJob({ state: 'reported' }),
      withJob({ state: 'cancelled', runState: 'cancelled' }),
      { signer: { ...facts.signer, state: 'revoked' } },
      { signer: { keyId: digest('e'), state: 'valid' } },
      { sequenceUsed: true },
    ];
    for (const change of since)
      expect(judgeReport({ ...facts, ...change, stored: true })).toEqual({ kind: 'replay' });
  });
});
