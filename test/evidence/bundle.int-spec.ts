// A bundle that a coordinator exported, verified by the CLI's code, which sees nothing but the file.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Analysis, payloadTypes, type RunBundle } from '@sidemark/core/contract';
import { type DomainError, isDomainError } from '@sidemark/core/errors';
import { canonicalJson, keyIdOf, sha256, signStatement } from '@sidemark/core/signing';
import { bundleText, requireWrittenForm } from '../../apps/cli/src/evidence/place.ts';
import { type BundleVerification, verifyBundle } from '../../apps/cli/src/evidence/verify-bundle.ts';
import { ReportBench } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { estimated } from '../../apps/coordinator/src/reports/report.sample.ts';

type Path = readonly (string | number)[];

let bench: ReportBench;
let bundle: RunBundle;
let fingerprint: string;
let digests: { alpha: string; beta: string; superseded: string };

/** Every number and every text of the bundle, by its path. */
function leaves(value: unknown, path: Path = []): [Path, string | number][] {
  if (typeof value === 'string' || typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function changed(path: Path, value: unknown): RunBundle {
  const copy = structuredClone(bundle);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[path.at(-1)!] = value;
  return copy;
}

/** The value with one digit changed: the last of it, since that is the least. */
function otherDigit(value: string | number): string | number | undefined {
  const text = String(value);
  const at = [...text].findLastIndex((letter, i) => /\d/.test(letter) && !/[eE]/.test(text[i - 2] ?? ''));
  if (at < 0) return undefined;
  const altered = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
  return typeof value === 'number' ? Number(altered) : altered;
}

function refusal(input: unknown): DomainError {
  try {
    verifyBundle(input, fingerprint);
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
  throw new Error('the bundle was taken for whole');
}

beforeAll(async () => {
  bench = await ReportBench.open();
  const [old, second] = [bench.report(bench.alpha), bench.report(bench.beta)];
  await bench.submit(bench.alpha, old);
  await bench.submit(bench.beta, second);
  await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
  const anew = bench.report(bench.alpha, {}, { auc: () => [estimated(1), estimated(0.004)] });
  await bench.submit(bench.alpha, anew);
  const [alpha, beta, superseded] = [anew, second, old].map((report) => sha256(canonicalJson(report)));
  digests = { alpha: alpha!, beta: beta!, superseded: superseded! };
  bundle = await bench.get<RunBundle>(`/api/runs/${bench.run.id}/bundle`);
  fingerprint = keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64'));
});
afterAll(() => bench.coordinator.close());

describe('the route of the bundle', () => {
  it('is the administrator’s, and knows its runs', async () => {
    const path = `/api/runs/${bench.run.id}/bundle`;
    expect((await bench.coordinator.call('GET', path, { token: null })).status).toBe(401);
    expect((await bench.coordinator.call('GET', path, { token: bench.alpha.token })).status).toBe(403);
    expect(await bench.get('/api/runs/00000000-0000-4000-8000-000000000009/bundle')).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the evidence of a run', () => {
  let verified: BundleVerification;
  beforeAll(() => {
    verified = verifyBundle(bundle, fingerprint);
  });
  const resting = (path: RegExp): string[][] =>
    verified.numbers.filter((number) => path.test(number.path)).map(({ reports }) => [...reports]);

  it('holds every report, also one that no longer counts, and the analysis as the coordinator gives it', async () => {
    expect(verified.reports.map(({ payloadDigest, state }) => [payloadDigest, state])).toEqual([
      [digests.superseded, 'superseded'],
      [digests.beta, 'accepted'],
      [digests.alpha, 'accepted'],
    ]);
    const analysis = await bench.get<Analysis>(`/api/runs/${bench.run.id}/analysis`);
    expect({ ...bundle.analysis, computedAt: analysis.computedAt }).toEqual(analysis);
  });

  it('says of every pooled number on which reports it rests', () => {
    const pooled = leaves(bundle.analysis.cells.map((cell) => cell.pooled)).filter(
      ([, value]) => typeof value === 'number',
    );
    expect(resting(/^cells\.\d+\.pooled\./)).toHaveLength(pooled.length);
    // an AUC of 1 has no logit: alpha enters the plain scale alone
    expect(bundle.analysis.cells[0]!.pooled).toMatchObject({
      estimates: [{ scale: 'plain' }, { scale: 'plain' }, { scale: 'logit' }, { scale: 'logit' }],
    });
    expect(resting(/^cells\.0\.pooled\.estimates\.1\.tau2$/)).toEqual([[digests.alpha, digests.beta]]);
    expect(resting(/^cells\.0\.pooled\.estimates\.3\.estimate$/)).toEqual([[digests.beta]]);
    expect(resting(/^comparisons\.0\.zTest\.z$/)).toEqual([[digests.alpha, digests.beta]]);
    expect(resting(/^multiclass\.0\.confusion\.0\.0$/)).toEqual([[digests.alpha, digests.beta]]);
  });

  it('is refused under another fingerprint', () => {
    expect(() => verifyBundle(bundle, 'f'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'fingerprint-mismatch' }),
    );
  });

  it('is refused when a key is spelt another way: the same bytes, other unused bits', () => {
    const key = bundle.releasePublicKey;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const respelt = `${key.slice(0, 42)}${alphabet[alphabet.indexOf(key[42] ?? '') + 1]}=`;
    expect(Buffer.from(respelt, 'base64')).toEqual(Buffer.from(key, 'base64'));
    expect(refusal(changed(['releasePublicKey'], respelt)).details['place']).toBe('releasePublicKey');
  });

  it('is refused with the place, whichever number or text had a digit changed', () => {
    const alterations = leaves(bundle).flatMap(([path, value]) => {
      const altered = otherDigit(value);
      return altered === undefined || altered === value ? [] : [{ path, altered }];
    });
    expect(alterations.length).toBeGreaterThan(300);
    for (const { path, altered } of alterations) {
      const { code, details } = refusal(changed(path, altered));
      const named = code === 'fingerprint-mismatch' ? 'releasePublicKey' : details['place'];
      // in an envelope the signature fails; everywhere else the place is the very value
      const exact = path[0] === 'analysis' || path[0] === 'statement';
      const place = exact ? path.join('.') : path.slice(0, 2).join('.');
      expect(path.join('.').startsWith(String(named)) || String(named).startsWith(place)).toBe(true);
      // a manifest that its own rule refuses (two ends of a range that are the same) is refused at the pair
      const pair = path[1] === 'manifests' ? [path.slice(0, -1).join('.')] : [];
      if (exact) expect([place, ...pair]).toContain(named);
    }
  });

  it('names both values of a pooled number that does not follow from the reports', () => {
    const path = ['analysis', 'cells', 0, 'pooled', 'estimates', 1, 'estimate'];
    const right = leaves(bundle).find(([at]) => at.join('.') === path.join('.'))![1];
    expect(refusal(changed(path, 0.75))).toMatchObject({
      code: 'bundle-altered',
      details: { place: path.join('.'), found: '0.75', expected: String(right) },
    });
  });

  it('names both values of a sealed fact that was changed', () => {
    const revoked = '2026-01-01T00:00:00.000Z';
    expect(refusal(changed(['statement', 'keys', 0, 'revokedAt'], revoked))).toMatchObject({
      code: 'bundle-altered',
      details: { place: 'statement.keys.0.revokedAt', found: JSON.stringify(revoked), expected: 'null' },
    });
  });

  it('is refused when a report was left out, also by the coordinator itself', () => {
    const { statement } = bundle;
    const fewer = {
      ...bundle,
      reports: bundle.reports.slice(1),
      statement: {
        ...statement,
        reports: statement.reports.slice(1),
        audit: { ...statement.audit, entries: statement.audit.entries.slice(0, 2) },
      },
    };
    expect(refusal(fewer).details['place']).toBe('statement.reports.0.payloadDigest');
    const seal = signStatement(payloadTypes.bundle, fewer.statement, bench.onlineKey);
    expect(refusal({ ...fewer, seal }).details['place']).toBe('statement.audit.entries.0.hash');
  });

  it('is refused when the coordinator seals a key that was revoked before the report came', () => {
    const index = bundle.statement.keys.findIndex(({ site }) => site === bench.beta.id);
    const forged = changed(['statement', 'keys', index, 'revokedAt'], '2020-01-01T00:00:00.000Z');
    const seal = signStatement(payloadTypes.bundle, forged.statement, bench.onlineKey);
    expect(refusal({ ...forged, seal })).toMatchObject({
      code: 'key-revoked',
      details: { place: 'reports.1' },
    });
  });

  it('is refused when two reports of a site count', () => {
    const forged = changed(['statement', 'reports', 0, 'state'], 'accepted');
    const seal = signStatement(payloadTypes.bundle, forged.statement, bench.onlineKey);
    expect(refusal({ ...forged, seal }).details['place']).toBe('statement.reports');
  });

  it('is refused when its text is not as it was written, though every value is', () => {
    const text = bundleText(bundle);
    expect(() => requireWrittenForm(text, bundle)).not.toThrow();
    const longer = text.replace('"level": 0.95', '"level": 0.95000000000000000001');
    expect(JSON.parse(longer)).toEqual(bundle);
    expect(() => requireWrittenForm(longer, JSON.parse(longer))).toThrow(
      expect.objectContaining({ code: 'bundle-altered' }),
    );
  });
});
