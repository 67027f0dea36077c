// Keys that change while a federation works: what was accepted stays verifiable, from the file alone, under the state
// of each key when its receipt was given.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  AuditEntry,
  Envelope,
  KeyDelegation,
  KeyList,
  Problem,
  ReportBundle,
  RunBundle,
  SiteKeyRotated,
} from '@sidemark/core/contract';
import { type DomainError, isDomainError } from '@sidemark/core/errors';
import { canonicalJson, keyIdOf, sha256, type SigningKey } from '@sidemark/core/signing';
import { signDelegation } from '../../apps/cli/src/sign-delegation.ts';
import { verifyBundle } from '../../apps/cli/src/evidence/verify-bundle.ts';
import { verifyReport } from '../../apps/cli/src/verify-report.ts';
import { Database } from '../../apps/coordinator/src/platform/database/database.ts';
import { addSampleSite } from '../../apps/coordinator/src/models/site.sample.ts';
import { ReportBench, signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { answerIn, rotationBody } from '../support/rotation.ts';
import { newKey } from '../support/site.ts';

let bench: ReportBench;
let fingerprint: string;
const change = { rotate: true, overlapHours: 24, validDays: null, revoke: [] as string[] };

async function ask<T>(path: string, body: unknown, token?: string | null): Promise<T & Partial<Problem>> {
  return (
    await bench.coordinator.call<T & Partial<Problem>>('POST', path, {
      body,
      ...(token === undefined ? {} : { token }),
    })
  ).body;
}
const rotate = (body: unknown) => ask<SiteKeyRotated>('/api/site-keys/rotation', body, null);
const bundleNow = (): Promise<RunBundle> => bench.get<RunBundle>(`/api/runs/${bench.run.id}/bundle`);
const online = async (): Promise<KeyList['keys']> =>
  (await bench.get<KeyList>('/api/keys')).keys.filter(({ role }) => role === 'online');
const signerOf = ({ signatures }: Envelope): string => signatures[0]!.keyid;

/** A report of alpha, signed by one of its keys. */
async function report(key: SigningKey): Promise<{ digest: string; code: string; receipt: Envelope }> {
  const made = bench.report(bench.alpha, { siteKeyId: key.keyId });
  const { code, body } = await bench.send(bench.alpha, signReport(made, key));
  return { digest: sha256(canonicalJson(made)), code, receipt: body };
}
const verified = async (digest: string): Promise<string> => {
  const exported = await bench.get<ReportBundle>(`/api/reports/${digest}`);
  return verifyReport(exported, fingerprint).payloadDigest;
};
function refusal(bundle: RunBundle): DomainError {
  try {
    verifyBundle(bundle, fingerprint);
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
  throw new Error('the bundle was taken for whole');
}

beforeAll(async () => {
  bench = await ReportBench.open();
  const { releasePublicKey } = await bundleNow();
  fingerprint = keyIdOf(Buffer.from(releasePublicKey, 'base64'));
});
afterAll(() => bench.coordinator.close());

describe('a site that changes its key during a job', () => {
  const next = newKey();
  let first: { digest: string };

  it('is answered with both keys and the end of the overlap, each time the same', async () => {
    first = await report(bench.alpha.key);
    const body = rotationBody(bench.alpha, next);
    const [answer, again, thrice] = [await rotate(body), await rotate(body), await rotate(body)];
    const { retired, current } = answerIn(answer);
    expect([retired.keyId, current.keyId]).toEqual([bench.alpha.key.keyId, next.keyId]);
    const overlapMs = Date.parse(retired.validUntil ?? '') - Date.parse(current.validFrom);
    expect(overlapMs).toBe(168 * 3_600_000);
    expect(
      [answerIn(again), answerIn(thrice)].map(({ retired: r, current: c }) => ({ retired: r, current: c })),
    ).toEqual([
      { retired, current },
      { retired, current },
    ]);
    const entries = await bench.get<AuditEntry[]>('/api/audit');
    const told = entries.filter(({ content }) => content.action === 'key.rotated');
    expect(told.map(({ content }) => content)).toMatchObject([
      { actor: `site:${bench.alpha.id}`, details: { oldKeyId: bench.alpha.key.keyId, newKeyId: next.keyId } },
    ]);
  });

  it('has reports under both keys accepted while they overlap, and under the new one alone afterwards', async () => {
    await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
    expect(await report(bench.alpha.key)).toMatchObject({ code: 'accepted' });
    await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
    const under = await report(next);
    expect(under.code).toBe('accepted');
    const data = { validUntil: new Date() };
    const where = { keyId: bench.alpha.key.keyId };
    await bench.coordinator.app.get(Database).transaction((tx) => tx.key.update({ where, data }));
    await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
    expect(await report(bench.alpha.key)).toMatchObject({ code: 'key-expired' });
    expect(await verified(first.digest)).toBe(first.digest);
    expect(await verified(under.digest)).toBe(under.digest);
  });

  it('has a bundle that holds both keys, the later one named by the earlier', async () => {
    const bundle = await bundleNow();
    expect(verifyBundle(bundle, fingerprint).reports).toHaveLength(3);
    const index = bundle.statement.keys.findIndex(({ keyId }) => keyId === next.keyId);
    expect(bundle.statement.keys[index]).toMatchObject({ site: bench.alpha.id });
    expect(signerOf(bundle.statement.keys[index]!.succession!)).toBe(bench.alpha.key.keyId);
  });
});

describe('an on-line key that is followed by another', () => {
  it('stays the signer of what it acknowledged; the bundle holds every list, and needs every one', async () => {
    const [old] = await online();
    const before = await bundleNow();
    await bench.newRun();
    const listed = await ask<KeyList>('/api/keys/online', change);
    expect(listed).toMatchObject({ delegation: 2, releaseKeyAtHand: true });
    const given = await report(bench.alpha.key);
    expect(given.code).toBe('key-expired');
    const beta = await bench.submit(bench.beta, bench.report(bench.beta));
    expect([beta.code, signerOf(beta.body) === old!.keyId]).toEqual(['accepted', false]);
    const bundle = await bundleNow();
    expect([before.delegations.length, bundle.delegations.length]).toEqual([1, 2]);
    expect(verifyBundle(before, fingerprint).reports).toHaveLength(3);
    expect(verifyBundle(bundle, fingerprint).reports).toHaveLength(1);
    expect(refusal({ ...bundle, delegations: bundle.delegations.slice(0, 1) }).details['place']).toBe('seal');
    expect(refusal({ ...bundle, delegations: bundle.delegations.slice(1) }).code).toBe('bundle-altered');
    expect(refusal({ ...bundle, delegations: bundle.delegations.toReversed() }).code).toBe('bundle-altered');
  });

  it('is revoked with everything it acknowledged before still verifiable', async () => {
    const current = (await online()).at(-1)!;
    const listed = await ask<KeyList>('/api/keys/online', { ...change, revoke: [current.keyId] });
    expect(listed.delegation).toBe(3);
    expect((await online()).map(({ revokedAt }) => revokedAt !== null)).toEqual([false, true, false]);
    expect(verifyBundle(await bundleNow(), fingerprint).reports).toHaveLength(1);
    expect(
      await ask('/api/keys/online', { ...change, rotate: false, revoke: [(await online()).at(-1)!.keyId] }),
    ).toMatchObject({ code: 'state-conflict' });
  });
});

describe('a release key that is kept elsewhere', () => {
  const [here, elsewhere] = ['release.key', 'elsewhere.key'];
  const move = (from: string, to: string): Promise<void> => {
    const folder = join(bench.coordinator.dataDir, 'keys');
    return rename(join(folder, from), join(folder, to));
  };
  beforeAll(() => move(here, elsewhere));
  afterAll(() => move(elsewhere, here));

  it('leaves the coordinator at work, and everything that it must sign refused', async () => {
    expect(await ask('/api/keys/online', change)).toMatchObject({ code: 'release-key-offline' });
    const body = bench.report(bench.beta);
    await bench.post(`/api/jobs/${bench.jobOf(bench.beta).id}/reopen`);
    expect(await bench.submit(bench.beta, body)).toMatchObject({ code: 'accepted' });
  });

  it('signs a draft on its own machine; receipts given in the meantime are signed again', async () => {
    const revoke = [(await online()).at(-1)!.keyId];
    const drafted = await ask<KeyDelegation>('/api/keys/delegations/draft', { ...change, revoke });
    // hours later on the other machine
    await bench.newRun();
    const meantime = await bench.submit(bench.beta, bench.report(bench.beta));
    expect(signerOf(meantime.body)).toBe(revoke[0]);
    const keyFile = join(bench.coordinator.dataDir, 'keys', elsewhere);
    const { envelope } = await signDelegation(drafted, keyFile);
    const stranger = join(bench.coordinator.dataDir, 'stranger.key');
    await writeFile(stranger, Buffer.alloc(32, 5).toString('base64'));
    await expect(signDelegation(drafted, stranger)).rejects.toMatchObject({ code: 'release-key-mismatch' });
    expect(await ask<KeyList>('/api/keys/delegations', envelope)).toMatchObject({ delegation: 4 });
    expect(await ask<KeyList>('/api/keys/delegations', envelope)).toMatchObject({ delegation: 4 });
    const bundle = await bundleNow();
    expect(signerOf(bundle.reports[0]!.receipt)).toBe((await online()).at(-1)!.keyId);
    expect(bundle.reports[0]!.receipt.payload).toBe(meantime.body.payload);
    expect(verifyBundle(bundle, fingerprint).reports).toHaveLength(1);
  });
});

describe('a key that is revoked while its reports come in', () => {
  it('has no report accepted after its end', async () => {
    const site = await addSampleSite(bench.coordinator.app, bench.alpha.study, 'raced');
    const runs = [];
    for (let n = 0; n < 4; n += 1) {
      await bench.newRun();
      runs.push({ id: bench.run.id, report: bench.report(site) });
    }
    const sent = runs.map(({ report: made }) => bench.send(site, signReport(made, site.key)));
    const revoked = ask<KeyList>(`/api/site-keys/${site.key.keyId}/revoke`, {});
    const codes = (await Promise.all(sent)).map(({ code }) => code);
    const end = (await revoked).keys.find(({ keyId }) => keyId === site.key.keyId)?.revokedAt ?? '';
    for (const [index, { id }] of runs.entries()) {
      const bundle = await bench.get<RunBundle>(`/api/runs/${id}/bundle`);
      expect(verifyBundle(bundle, fingerprint).reports).toHaveLength(codes[index] === 'accepted' ? 1 : 0);
      for (const { receivedAt } of verifyBundle(bundle, fingerprint).reports)
        expect(receivedAt <= end).toBe(true);
    }
    expect(codes.filter((code) => code !== 'accepted' && code !== 'key-revoked')).toEqual([]);
  });
});

describe('a site that is revoked', () => {
  it('is refused by its own code, and what was accepted from it stays verifiable', async () => {
    await bench.newRun();
    const accepted = bench.report(bench.beta);
    await bench.submit(bench.beta, accepted);
    await bench.post(`/api/sites/${bench.beta.id}/suspend`);
    await bench.newRun();
    expect(await bench.send(bench.beta, {})).toMatchObject({ code: 'site-suspended' });
    await bench.post(`/api/sites/${bench.beta.id}/revoke`);
    expect(await bench.send(bench.beta, {})).toMatchObject({ code: 'key-revoked' });
    const digest = sha256(canonicalJson(accepted));
    expect(await verified(digest)).toBe(digest);
  });
});
