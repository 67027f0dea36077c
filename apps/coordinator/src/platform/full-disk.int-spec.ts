// A coordinator whose disk is full for a while: under the models, and under the tables of its database.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { sha256 } from '@sidemark/core/signing';
import type { AuditVerdict } from '@sidemark/core/contract';
import { fillDisk, mountFullDisk, refusalsLeft } from '../../../../test/support/full-disk.ts';
import type { ReportBench } from '../reports/report-bench.sample.ts';

mountFullDisk();
const { ReportBench: Bench } = await import('../reports/report-bench.sample.ts');

const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown;
let bench: ReportBench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterEach(() => {
  Reflect.set(pg.Client.prototype, 'query', query);
});
afterAll(() => bench.coordinator.close());

/** The next row of a table finds no room, in PostgreSQL's own words. */
function fillTable(name: string): { readonly refused: () => boolean } {
  let left = 1;
  const filled = function (this: pg.Client, ...args: unknown[]): unknown {
    const [given] = args as [{ text?: string } | string];
    const text = typeof given === 'string' ? given : (given.text ?? '');
    if (left === 0 || !text.startsWith(`INSERT INTO "public"."${name}"`))
      return Reflect.apply(query, this, args);
    left -= 1;
    const full = new pg.DatabaseError(
      'could not extend file "base/5/16401": No space left on device',
      100,
      'error',
    );
    return Promise.reject(Object.assign(full, { code: '53100', severity: 'ERROR' }));
  };
  Reflect.set(pg.Client.prototype, 'query', filled);
  return { refused: () => left === 0 };
}

describe('a coordinator on a disk that is full for a while', () => {
  it('keeps nothing of an upload that did not fit, and takes it when there is room', async () => {
    const { coordinator } = bench;
    const bytes = new Uint8Array(100_000).fill(7);
    const upload = (): Promise<Response> =>
      fetch(`${coordinator.url}/api/blobs/${sha256(bytes)}`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${coordinator.adminToken}`,
          'content-type': 'application/octet-stream',
        },
        body: bytes,
      });
    const before = await readdir(join(coordinator.dataDir, 'blobs'));
    fillDisk(1);
    const refused = await upload();
    expect([refused.status, refusalsLeft()]).toEqual([507, 0]);
    expect(await refused.json()).toMatchObject({ code: 'disk-failed', failure: 'transient' });
    expect(await readdir(join(coordinator.dataDir, 'blobs'))).toEqual(before);
    expect((await upload()).status).toBe(200);
  });

  it.each(['Report', 'AuditEntry'])(
    'stores a report whole or not at all when %s has no room',
    async (table) => {
      await bench.newRun();
      const report = bench.report(bench.alpha);
      const { refused } = fillTable(table);
      const first = await bench.submit(bench.alpha, report);
      expect(refused()).toBe(true);
      expect([first.status, first.code]).toEqual([507, 'disk-failed']);
      expect(await bench.stored()).toEqual([]);
      const again = await bench.submit(bench.alpha, report);
      expect([again.status, again.code]).toEqual([200, 'accepted']);
      expect((await bench.stored()).map(({ state }) => state)).toEqual(['accepted']);
      expect((await bench.get<AuditVerdict>('/api/audit/verify')).firstBroken).toBeNull();
    },
  );
});
