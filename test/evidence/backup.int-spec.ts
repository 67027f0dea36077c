// The whole office, lost and brought back as docs/coordinator-guide.md says for the embedded database: stop, pack the data
// directory, unpack it, start.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportBench } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { type RunningCoordinator, startCoordinator } from '../support/coordinator.ts';
import { proveOffice, reportAnew } from '../support/office-proof.ts';

let folder: string;
let dataDir: string;
let bench: ReportBench;
let restored: RunningCoordinator | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-backup-'));
  // under root the database runs as another user, who must pass through
  await chmod(folder, 0o711);
  dataDir = join(folder, 'office');
  await mkdir(dataDir);
  bench = await ReportBench.open({ dataDir });
  await bench.submit(bench.alpha, bench.report(bench.alpha));
});
afterAll(async () => {
  await restored?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a trial office that is lost', () => {
  it('comes back from its backup with its audit chain, its evidence and its models, and works on', async () => {
    const before = await proveOffice(bench.coordinator, bench);
    expect([before.reports, before.chain.firstBroken]).toEqual([1, null]);
    const archive = join(folder, 'office.tgz');
    await bench.coordinator.close();
    execFileSync('tar', ['-czf', archive, '-C', folder, 'office']);
    await rm(dataDir, { recursive: true });

    execFileSync('tar', ['-xzpf', archive, '-C', folder]);
    restored = await startCoordinator({ dataDir });
    expect(await proveOffice(restored, bench)).toEqual(before);
    expect(before.model).toBe(bench.protocol.document.detector.sha256);
    expect(await reportAnew(restored, bench)).toBe(200);
  });
});
