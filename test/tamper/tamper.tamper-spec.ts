// Hostile messages and files at every door of a real coordinator and of an agent. Each must be refused by its own
// code, and nothing may be lost: reports, sites, runs, keys, models and the audit chain stay as they were.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditVerdict, Site } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import { agentCases } from './agent.cases.ts';
import { carriedFileCases } from './carried-file.cases.ts';
import { carriedInCases } from './carried-in.cases.ts';
import { credentialCases } from './credential.cases.ts';
import { enrolmentCases } from './enrolment.cases.ts';
import { type HostileCase, type Row, tableOf } from './hostile.ts';
import { keyCases } from './key.cases.ts';
import { linkCases } from './link.cases.ts';
import { modelCases } from './model.cases.ts';
import { reportContentCases } from './report-content.cases.ts';
import { reportEnvelopeCases } from './report-envelope.cases.ts';
import { World } from './world.ts';

const cases: HostileCase[] = [
  ...reportEnvelopeCases,
  ...reportContentCases,
  ...credentialCases,
  ...enrolmentCases,
  ...linkCases,
  ...modelCases,
  ...agentCases,
  ...keyCases,
  ...carriedFileCases,
  ...carriedInCases,
];

describe('under attack', () => {
  const rows: Row[] = [];
  let world: World;
  const siteStates = async (): Promise<string[]> =>
    (await world.bench.get<Site[]>('/api/sites')).map(({ id, name, state }) => `${id} ${name} ${state}`);
  let sites: string[];
  beforeAll(async () => {
    world = await World.open();
    sites = await siteStates();
  });
  afterAll(async () => {
    process.stdout.write(`\n${tableOf(rows)}\n\n`);
    await world.bench.coordinator.close();
  });

  it.each(cases.map((one): [string, string, string, HostileCase] => [one.door, one.name, one.expected, one]))(
    '%s: %s: %s',
    async (_door, _name, _expected, { prepare, ...told }) => {
      const attack = await prepare(world);
      const before = await world.witness();
      const heard = await attack();
      const nothingLost = (await world.witness()) === before;
      rows.push({ ...told, heard, nothingLost });
      expect([heard.code, nothingLost]).toEqual([told.expected, true]);
      expect('polluted' in {}).toBe(false);
    },
  );

  it('knows at least sixty cases, each by a name of its own', () => {
    const names = cases.map(({ door, name }) => `${door}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it('has the accepted report, its receipt, an unbroken audit chain and the sites as they were', async () => {
    const { bench, accepted } = world;
    expect(
      await bench.get(`/api/reports/${sha256(Buffer.from(accepted.envelope.payload, 'base64'))}`),
    ).toEqual({ ...accepted.bundle, siteKey: expect.anything() });
    expect((await bench.send(bench.alpha, accepted.envelope)).body).toEqual(accepted.receipt);
    expect(await bench.stored()).toEqual([]);
    const verdict = await bench.get<AuditVerdict>('/api/audit/verify');
    expect(verdict.firstBroken).toBeNull();
    expect(await siteStates()).toEqual(expect.arrayContaining(sites));
  });
});
