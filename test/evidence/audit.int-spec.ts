// The audit log of a coordinator, edited in its database, against the receipts that sites hold.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditContent, AuditEntry, RunBundle } from '@sidemark/core/contract';
import { chainStart, linkHash } from '@sidemark/core/signing';
import { runProgram } from '@sidemark/terminal';
import type { LogVerdict } from '../../apps/cli/src/evidence/audit-witnesses.ts';
import { program } from '../../apps/cli/src/program.ts';
import { Database } from '../../apps/coordinator/src/platform/database/database.ts';
import { ReportBench } from '../../apps/coordinator/src/reports/report-bench.sample.ts';

let bench: ReportBench;
let receipts: string;
let original: AuditEntry[];
let accepted: number[];

const database = (): Database => bench.coordinator.app.get(Database);
const inOrder = { orderBy: { sequence: 'asc' } } as const;

async function rewrite(rows: readonly AuditEntry[]): Promise<void> {
  await database().transaction(async (tx) => {
    await tx.auditEntry.deleteMany();
    await tx.auditEntry.createMany({ data: [...rows] });
  });
}

/** A log of these contents as it would have grown: whoever holds the database can make one. */
function hashedAnew(contents: readonly AuditContent[]): AuditEntry[] {
  let previous = chainStart;
  return contents.map((content, index) => {
    const hash = linkHash(previous, content);
    const entry = { sequence: index + 1, previous, hash, content };
    previous = hash;
    return entry;
  });
}

async function verify(...more: string[]): Promise<{ code: unknown; verdict: LogVerdict }> {
  const said: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const { url, adminToken } = bench.coordinator;
    process.env['SIDEMARK_TOKEN'] = adminToken;
    await runProgram(program(), ['audit', 'verify', '--json', '--url', url, ...more]);
  } finally {
    write.mockRestore();
    delete process.env['SIDEMARK_TOKEN'];
  }
  const code = process.exitCode ?? 0;
  process.exitCode = 0;
  return { code, verdict: JSON.parse(said.join('')) as LogVerdict };
}

beforeAll(async () => {
  bench = await ReportBench.open();
  receipts = await mkdtemp(join(tmpdir(), 'sidemark-receipts-'));
  for (const site of [bench.alpha, bench.beta]) {
    const { body: receipt } = await bench.submit(site, bench.report(site));
    const file = { schema: 'sidemark.receipt-file/1', item: {}, receipt, receivedAt: new Date() };
    await writeFile(join(receipts, `1-${site.id}.json`), JSON.stringify(file));
  }
  await bench.post(`/api/runs/${bench.run.id}/close`);
  original = (await database().read((tx) => tx.auditEntry.findMany(inOrder))) as AuditEntry[];
  accepted = original.filter((e) => e.content.action === 'report.accepted').map((e) => e.sequence);
});
afterEach(() => rewrite(original));
afterAll(async () => {
  await bench.coordinator.close();
  await rm(receipts, { recursive: true, force: true });
});

describe('the audit log against the receipts of the sites', () => {
  const verdictNow = () => verify('--receipts', receipts);

  it('holds when nobody touched it', async () => {
    expect(await verdictNow()).toMatchObject({
      code: 0,
      verdict: { entries: original.length, firstBroken: null, witnesses: 2, contradicted: [] },
    });
  });

  it('gives away a row that was altered', async () => {
    await database().read(
      (
        tx,
      ) => tx.$executeRaw`UPDATE "AuditEntry" SET "content" = jsonb_set("content"::jsonb, '{actor}', '"coordinator"')
        WHERE "sequence" = 2`,
    );
    expect(await verdictNow()).toMatchObject({ code: 3, verdict: { entries: 1, firstBroken: 2 } });
  });

  it('gives away a row that is no entry any more', async () => {
    await database().read(
      (tx) => tx.$executeRaw`UPDATE "AuditEntry" SET "content" = '{}' WHERE "sequence" = 2`,
    );
    expect(await verdictNow()).toMatchObject({ code: 3, verdict: { firstBroken: 2 } });
  });

  it('gives away a row that was removed', async () => {
    await database().read((tx) => tx.$executeRaw`DELETE FROM "AuditEntry" WHERE "sequence" = 3`);
    expect(await verdictNow()).toMatchObject({ code: 3, verdict: { entries: 2, firstBroken: 4 } });
  });

  it('gives away a log that was hashed anew from end to end, which its own walk does not', async () => {
    const contents = original.map(({ content }) => content);
    await rewrite(hashedAnew(contents.filter(({ action }) => action !== 'model.released')));
    expect(await verify()).toMatchObject({ code: 0, verdict: { firstBroken: null } });
    const { code, verdict } = await verdictNow();
    expect([code, verdict.firstBroken, verdict.contradicted.length]).toEqual([3, null, 2]);
  });

  it('gives away a log that lost its end, by the receipt that names it', async () => {
    await rewrite(original.filter(({ sequence }) => sequence < accepted[1]!));
    expect(await verify()).toMatchObject({ code: 0 });
    const { code, verdict } = await verdictNow();
    expect(code).toBe(3);
    expect(verdict.contradicted.map(({ file }) => file)).toEqual([`1-${bench.beta.id}.json`]);
  });

  it('takes an exported bundle for a witness too, also of entries after the last report', async () => {
    const folder = await mkdtemp(join(receipts, 'bundles-'));
    const bundle = await bench.get<RunBundle>(`/api/runs/${bench.run.id}/bundle`);
    await writeFile(join(folder, 'run.json'), JSON.stringify(bundle));
    expect(await verify('--receipts', folder)).toMatchObject({ code: 0, verdict: { witnesses: 3 } });
    await rewrite(original.slice(0, -1));
    const { code, verdict } = await verify('--receipts', folder);
    expect([code, verdict.contradicted.map(({ sequence }) => sequence)]).toEqual([3, [original.length]]);
  });
});
