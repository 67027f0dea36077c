import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Analysis, Protocol, Run, Site } from '@sidemark/core/contract';
import { type Route, routes } from '@sidemark/core/contract';
import { invitedPerson, type Person } from '../../../../../test/support/accounts.ts';
import { Database } from '../../platform/database/database.ts';
import { draftSample, sampleDraft } from '../../protocols/registry.sample.ts';
import { ReportBench } from '../../reports/report-bench.sample.ts';

let bench: ReportBench;
let reader: Person;
let coordinator: Person;

beforeAll(async () => {
  bench = await ReportBench.open();
  for (const site of [bench.alpha, bench.beta]) await bench.submit(site, bench.report(site));
  const plan = {
    families: [{ name: 'main', comparisons: ['gain'] }],
    internalSites: [{ classifier: 'chest', sites: ['alpha'] }],
  };
  await draftSample(bench.coordinator, bench.run.study, {
    name: 'second',
    comparisons: sampleDraft.comparisons.map((comparison) => ({ ...comparison, primary: true })),
    analysis: { level: 0.95, plan },
  });
  const database = bench.coordinator.app.get(Database);
  await database.read((tx) => tx.study.updateMany({ data: { siteNames: 'hidden' } }));
  reader = await invitedPerson(bench.coordinator, 'rea', 'reader');
  coordinator = await invitedPerson(bench.coordinator, 'cora', 'coordinator');
});
afterAll(() => bench.coordinator.close());

const readerRoutes = Object.entries<Route>(routes).filter(
  ([, { access, method, response }]) => access === 'reader' && method === 'GET' && response !== undefined,
);

/** The address of something that is there. */
async function address({ path }: Route): Promise<string> {
  const [stored] = await bench.stored();
  const id = path.startsWith('/api/studies') ? bench.run.study : bench.run.id;
  return path.replace(':id', id).replace(':digest', stored!.payloadDigest);
}

/** The text of an answer with every payload in it, which is base64. */
const opened = (text: string): string =>
  text.replace(/"payload":"([\w+/=]+)"/g, (_, payload: string) =>
    Buffer.from(payload, 'base64').toString('utf8'),
  );

describe('a reader of a study that hides its sites', () => {
  it.each(readerRoutes)('is told no name by %s', async (_, route) => {
    const path = await address(route);
    const [seen, whole] = [await reader.call('GET', path), await coordinator.call('GET', path)];
    expect([seen.status, whole.status]).toEqual([200, 200]);
    expect(opened(JSON.stringify(seen.body))).not.toMatch(/alpha|beta/);
  });

  it('sees one label for one site, everywhere', async () => {
    const sites = (await reader.call<Site[]>('GET', '/api/sites')).body;
    const run = (await reader.call<Run>('GET', `/api/runs/${bench.run.id}`)).body;
    const analysis = (await reader.call<Analysis>('GET', `/api/runs/${bench.run.id}/analysis`)).body;
    const label = (id: string): string | undefined => sites.find((site) => site.id === id)?.name;
    expect(sites.map(({ name }) => name)).toEqual(['site-1', 'site-2']);
    for (const { site, siteName } of [...run.jobs, ...analysis.sites]) expect(siteName).toBe(label(site));
    const members = analysis.cells.flatMap(({ meta }) => meta.members.map(({ siteName }) => siteName));
    expect(new Set(members)).toEqual(new Set(['site-1', 'site-2']));
  });

  it('is left no envelope over a document that names a site, while others keep theirs', async () => {
    const path = `/api/studies/${bench.run.study}/protocols`;
    const second = (await coordinator.call<Protocol[]>('GET', path)).body.find(
      ({ name }) => name === 'second',
    );
    await coordinator.call('POST', `/api/protocols/${second!.id}/freeze`);
    const [mine, theirs] = [
      await reader.call<Protocol[]>('GET', path),
      await coordinator.call<Protocol[]>('GET', path),
    ];
    const signed = (protocols: Protocol[]) =>
      protocols.map(({ name, envelope }) => [name, envelope !== null]);
    expect(new Map(signed(theirs.body) as [string, boolean][]).get('second')).toBe(true);
    expect(new Map(signed(mine.body) as [string, boolean][]).get('second')).toBe(false);
    expect(mine.body.filter(({ envelope }) => envelope !== null)).toHaveLength(1);
    expect(opened(JSON.stringify(mine.body))).not.toMatch(/alpha|beta/);
  });

  it('may not take what cannot be made neutral: the audit log and the signed evidence', async () => {
    for (const path of ['/api/audit', `/api/runs/${bench.run.id}/bundle`, '/api/keys'])
      expect((await reader.call('GET', path)).status).toBe(403);
  });
});

it('everybody else reads the names as they are', async () => {
  const { body } = await coordinator.call<Site[]>('GET', '/api/sites');
  expect(body.map(({ name }) => name)).toEqual(['alpha', 'beta']);
});
