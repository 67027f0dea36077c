// What a reproduction is computed from: the bundles of its runs, each verified from the release key to the pooled numbers.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Analysis,
  ProtocolDocument,
  Report,
  type ReportResult,
  RunBundle,
  type SiteSummary,
} from '@sidemark/core/contract';
import { decodeBase64, digestOf, keyIdOf } from '@sidemark/core/signing';
import { z } from 'zod';
import { verifyBundle } from '../evidence/verify-bundle.ts';
import { parseJson } from '../verify-report.ts';

export const RunFacts = z.strictObject({
  size: z.enum(['full', 'quick']),
  films: z.int(),
  seeds: z.array(z.int()),
  minutes: z.number(),
  cores: z.int(),
});
export type RunFacts = z.infer<typeof RunFacts>;

export interface SiteEvidence {
  readonly name: string;
  readonly role: SiteSummary['role'];
  readonly qualification: SiteSummary['qualification'];
  readonly result: ReportResult;
  readonly resultDigest: string;
  readonly payloadDigest: string;
}

export interface RunEvidence {
  readonly name: string;
  readonly document: ProtocolDocument;
  readonly protocolDigest: string;
  readonly analysis: Analysis;
  /** in the order of the analysis */
  readonly sites: readonly SiteEvidence[];
  /** of the release key, to verify the bundle with */
  readonly fingerprint: string;
}

export interface Evidence {
  readonly facts: RunFacts;
  readonly runs: readonly RunEvidence[];
}

/** @throws DomainError of `verifyBundle` for a bundle that does not hold */
export async function readEvidence(folder: string): Promise<Evidence> {
  const facts = RunFacts.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bundle.json')).sort();
  const runs = await Promise.all(
    files.map(async (file) => openBundle(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  );
  return { facts, runs };
}

function openBundle(written: unknown): RunEvidence {
  const bundle = RunBundle.parse(written);
  const fingerprint = keyIdOf(decodeBase64(bundle.releasePublicKey));
  verifyBundle(written, fingerprint);
  const document = ProtocolDocument.parse(parseJson(decodeBase64(bundle.protocol.payload)));
  const reports = bundle.reports.map(({ envelope }, index) => ({
    report: Report.parse(parseJson(decodeBase64(envelope.payload))),
    ...bundle.statement.reports[index]!,
  }));
  const sites = bundle.analysis.sites.flatMap(({ site, siteName, role, qualification }): SiteEvidence[] => {
    const found = reports.find(({ report, state }) => report.header.site === site && state === 'accepted');
    if (!found) return [];
    const { result, resultDigest } = found.report;
    const { payloadDigest } = found;
    return [{ name: siteName, role, qualification, result, resultDigest, payloadDigest }];
  });
  const { analysis } = bundle;
  return { name: document.name, document, protocolDigest: digestOf(document), analysis, sites, fingerprint };
}

export type Place = 'internal' | 'external';

/** What the sites of one kind say of a classifier, by its id in the protocol. */
export function resultsOf(
  { document, sites }: RunEvidence,
  id: string,
  place: Place,
): { site: SiteEvidence; entry: ReportResult['classifiers'][number] }[] {
  const index = document.classifiers.findIndex((one) => one.id === id);
  return sites
    .filter(({ role }) => role === place)
    .flatMap((site) => {
      const entry = site.result.classifiers[index];
      return entry ? [{ site, entry }] : [];
    });
}
