// What `doctor` says of sites that are not well, and of one that is.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractVersion, type HealthFinding } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { AgentConfig } from '../config.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { doctorText } from './doctor.command.ts';
import { examineSite } from './examine-site.ts';
import { diskFinding, examineNode, memoryFinding } from './machine.ts';
import { clockFinding, examineCoordinator } from './network.ts';

let directory: DataDirectory;

beforeEach(async () => {
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
});

async function examined(network: AgentConfig['network'] = {}): Promise<Map<string, HealthFinding>> {
  const config = { dataDirectory: directory.root, workers: 1, allowHttp: false, network };
  const findings = await examineSite({ config, directory, clock: systemClock });
  return new Map(findings.map((one) => [one.check, one]));
}

describe('doctor', () => {
  it('gives everything that is not well a remedy, and a new directory its first steps', async () => {
    const found = await examined();
    for (const { state, remedy } of found.values()) expect(remedy === null).toBe(state === 'good');
    expect(found.get('site key')).toMatchObject({
      state: 'bad',
      remedy: expect.stringContaining('agent enrol'),
    });
    expect(found.get('policy')).toMatchObject({
      state: 'look',
      remedy: expect.stringContaining('policy init'),
    });
    expect(found.get('DICOM')).toMatchObject({
      state: 'look',
      remedy: expect.stringContaining('dataset add'),
    });
    expect(found.get('data directory')?.state).toBe('good');
    expect(found.get('models')?.state).toBe('good');
    expect(doctorText([...found.values()])).toContain('1 thing keeps this site from working.');
  });

  it('finds what people break: policy, ledger, a model, rights, proxy and CA', async () => {
    await writeFile(directory.policy, 'schema: sidemark.policy/1\ndefault: perhaps\n');
    await appendFile(directory.ledger, '{"sequence":1}\n');
    await writeFile(join(directory.models, `${'a'.repeat(64)}.onnx`), 'not what was fetched');
    await chmod(directory.root, 0o755);
    const found = await examined({ httpsProxy: 'ftp://proxy.example:21', caFile: '/nowhere/ca.pem' });
    for (const check of ['policy', 'egress ledger', 'models', 'data directory', 'proxy', 'CA'])
      expect([check, found.get(check)?.state]).toEqual([check, 'bad']);
    expect(found.get('policy')?.found).toContain('default');
    expect(found.get('models')?.found).toContain('aaaaaaaaaaaa');
  });

  it('never repeats the password of a proxy', async () => {
    const proxy = await examined({ httpsProxy: 'http://me:secret@proxy.example:3128' });
    expect(proxy.get('proxy')).toMatchObject({ state: 'good', found: 'by proxy.example:3128' });
  });
});

describe('the coordinator and its clock', () => {
  const gate = { aliveRequest: () => undefined as never };
  const asking = (alive: () => Promise<{ at: Date; contract: number }>) => ({ gate, client: { alive } });

  it('are well when it answers with our contract and our time', async () => {
    const answer = { at: new Date(), contract: contractVersion };
    const findings = await examineCoordinator(
      asking(() => Promise.resolve(answer)),
      systemClock,
    );
    expect(findings.map(({ state }) => state)).toEqual(['good', 'good']);
  });

  it('are not when it is away, or speaks another contract', async () => {
    const away = () => Promise.reject(new DomainError('coordinator-unreachable', { reason: 'ECONNREFUSED' }));
    expect(await examineCoordinator(asking(away), systemClock)).toMatchObject([
      { check: 'coordinator', state: 'bad', found: expect.stringContaining('ECONNREFUSED') },
      { check: 'clock', state: 'look' },
    ]);
    const newer = { at: new Date(), contract: contractVersion + 1 };
    expect(
      (
        await examineCoordinator(
          asking(() => Promise.resolve(newer)),
          systemClock,
        )
      )[0],
    ).toMatchObject({
      state: 'bad',
      remedy: 'Update this agent.',
    });
  });

  it.each([
    [0, 'good'],
    [-29_000, 'good'],
    [31_000, 'look'],
    [-60_000, 'look'],
    [3_600_000, 'bad'],
  ] as const)('a difference of %i ms is %s', (skew, state) => {
    expect(clockFinding(skew).state).toBe(state);
  });
});

describe('the machine', () => {
  it('is judged by its Node.js, its disk and its memory', () => {
    expect(['20.18.9', '18.20.0', '20.19.0', '24.1.0'].map((version) => examineNode(version).state)).toEqual([
      ...['bad', 'bad', 'good', 'good'],
    ]);
    const gib = 2 ** 30;
    expect([0.5, 3, 50].map((free) => diskFinding(free * gib).state)).toEqual(['bad', 'look', 'good']);
    expect([0.2, 1.5, 8].map((free) => memoryFinding(free * gib, 16 * gib, 2).state)).toEqual([
      ...['bad', 'look', 'good'],
    ]);
  });
});
