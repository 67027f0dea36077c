// Troubles of a real site that no single part sees: a wrong clock, and two agents with one identity.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry, Kit } from '@sidemark/core/contract';
import { writeFile } from 'node:fs/promises';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { type AgentOptions, RecordedSite } from '../wire/site.ts';

const patience = 240_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const clock = (shiftMs: number): AgentOptions => ({
  preload: join(import.meta.dirname, '../support/shifted-clock.mjs'),
  env: { SIDEMARK_SHIFT_MS: String(shiftMs) },
});

let site: RecordedSite;
let twin: string;
beforeAll(async () => {
  site = await RecordedSite.open();
  twin = join(site.federation.dir, 'twin');
  await cp(site.site.dataDir, twin, { recursive: true });
}, patience);
afterAll(() => site.close(), patience);

describe('a site whose clock is wrong', () => {
  it.each([
    ['behind', -10 * minute],
    ['ahead', 10 * minute],
  ])('by minutes %s does its job', (_what, shiftMs) => site.job(clock(shiftMs)), patience);

  it.each([
    ['behind', -3 * day],
    ['ahead', 3 * day],
  ])(
    'by days %s is told so and by how much, and works when it is set',
    async (_what, shiftMs) => {
      const agent = site.startAgent(clock(shiftMs));
      await site.told(agent, '"code":"clock-skew"');
      await site.stopAgent(agent);
      const line = agent.lines.find((one) => one.includes('clock-skew')) ?? '';
      const { details } = JSON.parse(line) as { details: { thisClockIsAheadBySeconds: number } };
      expect(Math.abs(details.thisClockIsAheadBySeconds - shiftMs / 1000)).toBeLessThan(60);
      expect(agent.lines.join('\n')).not.toMatch('"event":"connected"');
      const righted = site.startAgent();
      await site.told(righted, '"event":"connected"');
      await site.stopAgent(righted);
    },
    patience,
  );

  it(
    'does not enrol, and the token is not spent',
    async () => {
      const { connection, dir } = site.federation;
      const [study] = await call(connection, 'listStudies');
      const body = { study: study?.id, name: 'late', role: 'external', expiresInHours: 1 };
      const kit: Kit = await call(connection, 'inviteSite', { body });
      const file = join(dir, 'late.kit.json');
      await writeFile(file, JSON.stringify(kit), { mode: 0o600 });
      const enrol = (how?: AgentOptions): Promise<string> =>
        site.sidemark(['agent', 'enrol', file], join(dir, 'late'), how);
      await expect(enrol(clock(day))).rejects.toThrow(/kit-expired.*thisClock/);
      await expect(enrol(clock(-day))).rejects.toThrow(/clock-skew.*"thisClockIsAheadBySeconds":-86[34]/);
      expect(JSON.parse(await enrol())).toMatchObject({ state: 'pending' });
    },
    patience,
  );
});

describe('two agents with one identity', () => {
  it(
    'in one data directory: the second ends at once',
    async () => {
      const first = site.startAgent();
      await site.told(first, '"event":"connected"');
      const second = site.startAgent();
      await site.told(second, 'data-directory-in-use');
      expect(first.child.exitCode).toBeNull();
      await site.stopAgent(first);
    },
    patience,
  );

  it(
    'in a copy of it: who is connected stays, the other waits, and no number counts twice',
    async () => {
      const first = site.startAgent();
      await site.told(first, '"event":"connected"');
      const second = site.startAgent({ data: twin });
      await site.told(second, '"code":"site-connected-twice"');
      await sleep(8000);
      expect(first.lines.filter((line) => line.includes('"event":"disconnected"'))).toEqual([]);
      expect(second.lines.join('\n')).not.toMatch('"event":"connected"');
      const entries: AuditEntry[] = await call(site.federation.connection, 'listAudit');
      const told = entries.filter(({ content }) => content.action === 'site.connected-twice');
      expect(told).toHaveLength(1);
      await site.stopAgent(first);
      await site.told(second, '"event":"connected"');
      // its copy of the counter is from before the reports of the first
      const run = await site.offer(second, twin);
      await site.told(second, '"code":"report-sequence-replayed"');
      await site.stopAgent(second);
      const { reports } = await call(site.federation.connection, 'listReports', { params: { id: run.id } });
      expect(reports).toEqual([]);
    },
    patience,
  );
});
