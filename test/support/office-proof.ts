// What must be the same of a trial office before it is lost and after it is brought back.
import type { AuditVerdict, RunBundle } from '@sidemark/core/contract';
import { keyIdOf, sha256 } from '@sidemark/core/signing';
import { runDocument } from '@sidemark/run-report';
import { pdfReport } from '@sidemark/run-report/pdf';
import { verifyBundle } from '../../apps/cli/src/evidence/verify-bundle.ts';
import type { ReportBench } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import type { RunningCoordinator } from './coordinator.ts';

export interface OfficeProof {
  readonly chain: AuditVerdict;
  /** reports of the bundle that verify, with the key the office had at first */
  readonly reports: number;
  readonly analysis: RunBundle['analysis'];
  /** SHA-256 of the report of the run */
  readonly pdf: string;
  /** SHA-256 of the bytes of the detector */
  readonly model: string;
}

/** @param fingerprint of the release key; absent: the one that the office has */
export async function proveOffice(
  office: RunningCoordinator,
  { run, protocol }: Pick<ReportBench, 'run' | 'protocol'>,
  fingerprint?: string,
): Promise<OfficeProof> {
  const bundle = (await office.call<RunBundle>('GET', `/api/runs/${run.id}/bundle`)).body;
  const own = keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64'));
  const bytes = await fetch(`${office.url}/api/models/${protocol.document.detector.sha256}/bytes`, {
    headers: { authorization: `Bearer ${office.adminToken}` },
  });
  return {
    chain: (await office.call<AuditVerdict>('GET', '/api/audit/verify')).body,
    reports: verifyBundle(bundle, fingerprint ?? own).reports.length,
    analysis: bundle.analysis,
    pdf: sha256(await pdfReport(runDocument(bundle))),
    model: sha256(new Uint8Array(await bytes.arrayBuffer())),
  };
}

/** The status that the office answers a further report of the second site with. */
export async function reportAnew(office: RunningCoordinator, bench: ReportBench): Promise<number> {
  const body = signReport(bench.report(bench.beta), bench.beta.key);
  return (await office.call('POST', '/api/site/reports', { body, token: bench.beta.token })).status;
}
