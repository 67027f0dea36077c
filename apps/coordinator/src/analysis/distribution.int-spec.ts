// A site asks where it stands: for its own job, once its report counts, and without learning who the others are.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, RunDistribution } from '@sidemark/core/contract';
import { openSixSites, type SixSites } from '../../../../test/support/six-sites.ts';

let study: SixSites;

beforeAll(async () => {
  study = await openSixSites(5);
});
afterAll(() => study?.coordinator.close());

const askedBy = <T>(asker: number, about = asker): Promise<{ status: number; body: T }> => {
  const site = study.sites[asker]!;
  const job = study.run.jobs.find((one) => one.site === study.sites[about]!.id)!.id;
  return study.coordinator.call<T>('GET', `/api/site/jobs/${job}/distribution`, { token: site.token });
};

describe('GET /api/site/jobs/:id/distribution', () => {
  it('tells a site that has reported its own figures, the pooled ones, and four others without a name', async () => {
    const { status, body } = await askedBy<RunDistribution>(0);
    expect(status).toBe(200);
    const primary = body.differences.find(({ id }) => id === 'diagonal');
    expect(primary).toMatchObject({ primary: true, others: { sites: 4 } });
    expect(primary!.own).not.toBeNull();
    expect(primary!.others.lowest).toBeLessThanOrEqual(primary!.others.median);
    const text = JSON.stringify(body);
    for (const { id, name } of study.run.jobs.map(({ site, siteName }) => ({ id: site, name: siteName })))
      expect([name, text.includes(name), text.includes(id)]).toEqual([name, false, false]);
  });

  it('tells nothing to a site whose own report is not here', async () => {
    const { status, body } = await askedBy<Problem>(5);
    expect([status, body.code]).toEqual([409, 'distribution-not-ready']);
  });

  it('knows no job of another site', async () => {
    const { status, body } = await askedBy<Problem>(0, 1);
    expect([status, body.code]).toEqual([404, 'not-found']);
  });
});
