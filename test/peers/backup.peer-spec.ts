// The whole office with a PostgreSQL of its own, lost and brought back as docs/coordinator-guide.md says: pg_dump while it
// runs, the data directory beside it, pg_restore into an empty server.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportBench } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { type RunningCoordinator, startCoordinator } from '../support/coordinator.ts';
import { type DebianPostgres, startDebianPostgres } from '../support/debian-postgres.ts';
import { proveOffice, reportAnew } from '../support/office-proof.ts';

let folder: string;
let dataDir: string;
let server: DebianPostgres;
let second: DebianPostgres | undefined;
let bench: ReportBench;
let restored: RunningCoordinator | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-dump-'));
  dataDir = join(folder, 'office');
  await mkdir(dataDir);
  server = await startDebianPostgres();
  server.tool('createdb', '--maintenance-db', server.urlOf('postgres'), 'office');
  bench = await ReportBench.open({ dataDir, env: { DATABASE_URL: server.urlOf('office') } });
  await bench.submit(bench.alpha, bench.report(bench.alpha));
});
afterAll(async () => {
  await restored?.close();
  second?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a trial office with a server of its own', () => {
  it('comes back from pg_dump and its data directory, and works on', async () => {
    const before = await proveOffice(bench.coordinator, bench);
    const [dump, archive] = [join(folder, 'office.dump'), join(folder, 'office.tgz')];
    server.tool('pg_dump', '--format=custom', `--file=${dump}`, server.urlOf('office'));
    execFileSync('tar', ['-czf', archive, '-C', folder, 'office']);
    await bench.coordinator.close();
    server.stop();
    await rm(dataDir, { recursive: true });

    second = await startDebianPostgres();
    second.tool('createdb', '--maintenance-db', second.urlOf('postgres'), 'office');
    second.tool('pg_restore', '--exit-on-error', `--dbname=${second.urlOf('office')}`, dump);
    execFileSync('tar', ['-xzpf', archive, '-C', folder]);
    restored = await startCoordinator({ dataDir, env: { DATABASE_URL: second.urlOf('office') } });
    expect(await proveOffice(restored, bench)).toEqual(before);
    expect([before.reports, before.chain.firstBroken]).toEqual([1, null]);
    expect(await reportAnew(restored, bench)).toBe(200);
  });
});
