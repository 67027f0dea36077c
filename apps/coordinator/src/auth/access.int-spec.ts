import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountRole, type Problem, type Route, routes } from '@sidemark/core/contract';
import type { Socket } from 'socket.io-client';
import { startCoordinator, type RunningCoordinator } from '../../../../test/support/coordinator.ts';
import { invitedPerson, type Person } from '../../../../test/support/accounts.ts';
import { approvedSite, connected, newStudy } from '../../../../test/support/site.ts';

let coordinator: RunningCoordinator;
let session: string;
let socket: Socket;
let people: Map<AccountRole, Person>;
beforeAll(async () => {
  coordinator = await startCoordinator({ env: { SIDEMARK_SESSION_MINUTES: '0.05' } });
  const study = await newStudy(coordinator, 'access');
  const site = await approvedSite(coordinator, study.id, 'alpha');
  ({ socket, session } = await connected(coordinator, site.key));
  people = new Map();
  for (const role of AccountRole.options) people.set(role, await invitedPerson(coordinator, role, role));
});
afterAll(async () => {
  socket.disconnect();
  await coordinator.close();
});

const all = Object.entries<Route>(routes);
const id = '00000000-0000-4000-8000-000000000000';
const concrete = (path: string): string =>
  path.replace(':id', id).replace(/:(sha256|digest)/, '0'.repeat(64));

async function codeFor(route: Route, token: string | null): Promise<string> {
  const answer = await coordinator.call<Problem>(route.method, concrete(route.path), { token });
  expect(answer.type).toBe('application/problem+json; charset=utf-8');
  return answer.body.code;
}

const officeRoutes = all.filter(([, { access }]) => access !== 'open' && access !== 'site');
/** Each may do what those before it may. */
const roles = AccountRole.options;
const ends = new Set(['signOut', 'changePassword']);

describe('who may call what', () => {
  it.each(officeRoutes)(
    '%s takes no credential but the administrator token or a cookie',
    async (_, route) => {
      expect(await codeFor(route, null)).toBe('unauthenticated');
      expect(await codeFor(route, session)).toBe('forbidden');
      expect(await codeFor(route, `smk_${'A'.repeat(43)}`)).toBe('unauthenticated');
      expect(await codeFor(route, 'garbage')).toBe('unauthenticated');
    },
  );

  it.each(officeRoutes.filter(([name]) => !ends.has(name)))(
    '%s is shut to the roles below the one it names',
    async (_, route) => {
      const least = roles.indexOf(AccountRole.parse(route.access));
      for (const role of roles) {
        const answer = await people.get(role)!.call<Problem>(route.method, concrete(route.path));
        const isShut = answer.body?.code === 'role-insufficient';
        expect([role, isShut]).toEqual([role, roles.indexOf(role) < least]);
      }
    },
  );

  it.each(all.filter(([, route]) => route.access === 'site'))('%s is shut to people', async (_, route) => {
    const administrator = people.get('administrator')!;
    const { body } = await administrator.call<Problem>(route.method, concrete(route.path));
    expect(body.code).toBe('unauthenticated');
  });

  it.each(all.filter(([, route]) => route.access === 'site'))(
    '%s takes a site session only',
    async (_, route) => {
      expect(await codeFor(route, null)).toBe('unauthenticated');
      expect(await codeFor(route, coordinator.adminToken)).toBe('forbidden');
      expect(await codeFor(route, 'A'.repeat(43))).toBe('session-expired');
    },
  );

  it('opens documents to the token as a password and to nobody else', async () => {
    const basic = `Basic ${Buffer.from(`me:${coordinator.adminToken}`).toString('base64')}`;
    for (const path of ['/docs', '/api/openapi.json']) {
      const shut = await fetch(`${coordinator.url}${path}`);
      expect([shut.status, shut.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Basic/),
      ]);
      expect((await fetch(`${coordinator.url}${path}`, { headers: { authorization: basic } })).status).toBe(
        200,
      );
    }
  });

  it('ends a session when its minutes are over', async () => {
    let code: string | undefined;
    for (const until = Date.now() + 10_000; Date.now() < until && code !== 'session-expired';) {
      code = await codeFor(routes.siteModel, session);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(code).toBe('session-expired');
  });

  it('answers garbage with a problem document', async () => {
    const post = (body: string): Promise<Response> =>
      fetch(`${coordinator.url}/api/studies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${coordinator.adminToken}`, 'content-type': 'application/json' },
        body,
      });
    expect((await post('{"name":')).status).toBe(422);
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    expect((await post('{"name":"a b","title":""}')).status).toBe(422);
    expect((await coordinator.call<Problem>('GET', '/api/nothing')).body.code).toBe('not-found');
    expect((await coordinator.call<Problem>('POST', '/api/sites/nonsense/revoke')).body.code).toBe(
      'invalid-input',
    );
  });
});
