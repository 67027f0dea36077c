// Does with every report of a run what a stranger would do with one.
import type { Run } from '@sidemark/core/contract';
import { keyIdOf } from '@sidemark/core/signing';
import type { Connection } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { verifyReport } from '../verify-report.ts';

/** @returns the number of reports; throws at the first that does not verify. */
export async function verifyEveryReport(connection: Connection, run: Run): Promise<number> {
  const { reports } = await call(connection, 'listReports', { params: { id: run.id } });
  for (const { payloadDigest } of reports) {
    const bundle = await call(connection, 'showReport', { params: { digest: payloadDigest } });
    verifyReport(bundle, keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64')));
  }
  return reports.length;
}
