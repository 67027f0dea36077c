import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { floorsMet, strictestFloor } from './floors.ts';
import { holdEverything, Policy, policyTemplate } from './policy.schema.ts';
import { PolicyStore } from './policy.store.ts';
import { rulingOver } from './ruling.ts';

const digest = 'a'.repeat(64);
const policy = (more: object): Policy => Policy.parse({ schema: 'sidemark.policy/1', ...more });

describe('floors', () => {
  test.each([
    [10, 5, 10],
    [10, 30, 30],
    [5, 5, 5],
  ])('policy %i and protocol %i: the strictest is %i', (site, protocol, floor) => {
    const limits = policy({ floors: { minPatientsPerClass: site } });
    expect(strictestFloor(limits, { minPatientsPerClass: protocol })).toBe(floor);
  });

  test('no policy goes below the hard floor', () => {
    expect(
      Policy.safeParse({ schema: 'sidemark.policy/1', floors: { minPatientsPerClass: 4 } }).success,
    ).toBe(false);
    expect(strictestFloor(holdEverything, { minPatientsPerClass: 1 })).toBe(10);
  });

  test.each([
    [{ '0': 10, '1': 10 }, true],
    [{ '0': 10, '1': 9 }, false],
    [{ '0': 10, '1': 0 }, false],
    [{ '0': 10 }, false],
    [{}, false],
    [{ '0': 50, '1': 50, 'class:0': 50, 'class:1': 3 }, false],
  ])('%j meets a floor of ten: %s', (classes, met) => {
    expect(floorsMet(classes, 10)).toBe(met);
  });
});

describe('rulings', () => {
  test('holds everything by default', () => expect(rulingOver(holdEverything, digest)).toBe('hold'));
  test('a named protocol goes before the default', () => {
    expect(rulingOver(policy({ default: 'refuse', protocols: { [digest]: 'auto-approve' } }), digest)).toBe(
      'auto-approve',
    );
  });
  test('a role that is not allowed refuses every protocol', () => {
    const some = policy({ default: 'auto-approve', allowedRoles: ['detector', 'classifier'] });
    expect(rulingOver(some, digest)).toBe('refuse');
  });
});

describe(PolicyStore, () => {
  const path = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'policy.yaml');

  test('no file holds everything', async () => {
    expect(await new PolicyStore(await path()).read()).toEqual({ source: 'none', policy: holdEverything });
  });

  test('the template is the default, written once', async () => {
    const store = new PolicyStore(await path());
    await store.init();
    expect(policyTemplate).toContain('hold');
    expect(await store.read()).toEqual({ source: 'file', policy: holdEverything });
    await expect(store.init()).rejects.toMatchObject({ code: 'already-exists' });
  });

  test.each([
    'schema: [',
    'schema: sidemark.policy/1\ndefualt: hold',
    'schema: sidemark.policy/1\nfloors: {minPatientsPerClass: 2}',
    '',
  ])('an invalid file holds everything and says why: %j', async (text) => {
    const file = await path();
    await writeFile(file, text);
    expect(await new PolicyStore(file).read()).toMatchObject({
      source: 'invalid',
      policy: holdEverything,
      problem: { code: 'policy-invalid' },
    });
  });
});
