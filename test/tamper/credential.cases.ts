// Who may speak at all, and for how long: sessions, tokens, states of key, site and run.
import { signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { addSampleKey, addSampleSite } from '../../apps/coordinator/src/models/site.sample.ts';
import { invite } from '../support/site.ts';
import type { HostileCase } from './hostile.ts';
import type { World } from './world.ts';

const body = ({ bench }: World): string =>
  JSON.stringify(signReport(bench.report(bench.alpha), bench.alpha.key));
const past = new Date(0);
const future = new Date('2999-01-01T00:00:00.000Z');

/** A report under one more key of the site, whose record was then changed. */
const oldKey = (expected: string, name: string, change: object): HostileCase => ({
  door: 'report',
  name,
  expected,
  prepare: async (world) => {
    const { bench } = world;
    const key = await addSampleKey(bench.coordinator.app, bench.alpha.id);
    await world.database.transaction((tx) => tx.key.update({ where: { keyId: key.keyId }, data: change }));
    const report = bench.report(bench.alpha, { siteKeyId: key.keyId });
    return () => world.sendReport(JSON.stringify(signReport(report, key)));
  },
});

/** A third site with a session, to which something then happened. */
const fallen = (
  expected: string,
  name: string,
  happens: (world: World, site: { id: string; keyId: string }) => Promise<unknown>,
): HostileCase => ({
  door: 'session',
  name,
  expected,
  prepare: async (world) => {
    const { bench } = world;
    const slug = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
    const site = await addSampleSite(bench.coordinator.app, bench.alpha.study, slug);
    await happens(world, { id: site.id, keyId: site.key.keyId });
    const report = bench.report(bench.alpha, { site: site.id, siteKeyId: site.key.keyId });
    return () => world.sendReport(JSON.stringify(signReport(report, site.key)), site.token);
  },
});

const endedRun = (verb: 'cancel' | 'close'): HostileCase => ({
  door: 'report',
  name: `a run that was ${verb === 'cancel' ? 'cancelled' : 'closed'}`,
  expected: 'report-job-closed',
  prepare: async (world) => {
    const { bench } = world;
    const open = bench.run;
    await bench.newRun();
    const report = bench.report(bench.alpha);
    await bench.post(`/api/runs/${bench.run.id}/${verb}`);
    bench.run = open;
    return () => world.sendReport(JSON.stringify(signReport(report, bench.alpha.key)));
  },
});

const session = (
  expected: string,
  name: string,
  token: (world: World) => string | null | Promise<string | null>,
): HostileCase => ({
  door: 'session',
  name,
  expected,
  prepare: async (world) => {
    const credential = await token(world);
    return () => world.sendReport(body(world), credential);
  },
});

const administrative = (
  expected: string,
  name: string,
  token: (world: World) => string | null,
): HostileCase => ({
  door: 'administrator',
  name,
  expected,
  prepare: (world) => () =>
    world.request('POST', `/api/sites/${world.bench.alpha.id}/revoke`, '{}', token(world)),
});

export const credentialCases: HostileCase[] = [
  oldKey('key-revoked', 'a revoked key', { revokedAt: past }),
  oldKey('key-not-yet-valid', 'a key not yet valid', { validFrom: future }),
  oldKey('key-expired', 'an expired key', { validUntil: past }),
  oldKey('signer-role', 'a key that became a release key', { role: 'release' }),
  endedRun('cancel'),
  endedRun('close'),
  fallen('site-suspended', 'the session of a site suspended by the office', ({ bench }, { id }) =>
    bench.post(`/api/sites/${id}/suspend`),
  ),
  fallen('site-suspended', 'a session that outlived the suspension', (world, { id }) =>
    world.database.transaction((tx) => tx.site.update({ where: { id }, data: { state: 'suspended' } })),
  ),
  fallen('site-not-approved', 'a session of a site no longer approved', (world, { id }) =>
    world.database.transaction((tx) => tx.site.update({ where: { id }, data: { state: 'pending' } })),
  ),
  fallen('key-revoked', 'a session whose key was revoked', (world, { keyId }) =>
    world.database.transaction((tx) => tx.key.update({ where: { keyId }, data: { revokedAt: past } })),
  ),
  fallen('session-expired', 'a session past its time', (world, { id }) =>
    world.database.transaction((tx) =>
      tx.siteSession.updateMany({ where: { siteId: id }, data: { expiresAt: past } }),
    ),
  ),
  session('report-wrong-site', 'the session of another site', ({ bench }) => bench.beta.token),
  session('unauthenticated', 'no session', () => null),
  session('unauthenticated', 'garbage', () => 'garbage'),
  session('unauthenticated', 'SQL', () => "'OR'1'='1"),
  session('session-expired', 'a made-up session', () => 'A'.repeat(43)),
  session('forbidden', 'the administrator token', ({ bench }) => bench.coordinator.adminToken),
  session('session-expired', 'the token of a kit', async ({ bench, study }) => {
    return (await invite(bench.coordinator, study, 'token-as-session')).token;
  }),
  administrative('forbidden', 'the session of a site', ({ bench }) => bench.alpha.token),
  administrative('unauthenticated', 'no token', () => null),
  administrative('unauthenticated', 'a made-up token', () => `smk_${'A'.repeat(43)}`),
  administrative('unauthenticated', 'the token cut short', ({ bench }) =>
    bench.coordinator.adminToken.slice(0, -1),
  ),
  {
    door: 'report',
    name: 'the accepted report, sent for another site',
    expected: 'report-wrong-site',
    prepare: (world) => () =>
      world.sendReport(JSON.stringify(world.accepted.envelope), world.bench.beta.token),
  },
  {
    door: 'report',
    name: 'the accepted report, replayed: its old receipt',
    expected: 'accepted',
    prepare: (world) => () => world.sendReport(JSON.stringify(world.accepted.envelope)),
  },
];
