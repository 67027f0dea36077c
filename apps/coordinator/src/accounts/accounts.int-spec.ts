import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account, AccountLink, AuditEntry, Problem, SessionView } from '@sidemark/core/contract';
import {
  enter,
  firstAdministrator,
  goodPassword,
  invitedPerson,
  type Person,
  personOf,
} from '../../../../test/support/accounts.ts';
import { type RunningCoordinator, startCoordinator } from '../../../../test/support/coordinator.ts';
import { AccountSessionsService } from '../auth/account-session/account-sessions.service.ts';
import { Clock } from '../platform/clock.ts';

let coordinator: RunningCoordinator;
let ada: Person;
let minutesLater = 0;

beforeAll(async () => {
  coordinator = await startCoordinator();
  const clock = coordinator.app.get(Clock);
  clock.now = () => new Date(Date.now() + minutesLater * 60_000);
});
afterAll(() => coordinator.close());

const signIn = (name: string, password: string, headers = {}) =>
  enter(coordinator, '/api/session', { name, password }, headers);
const session = async (): Promise<SessionView> =>
  (await coordinator.call<SessionView>('GET', '/api/session', { token: null })).body;

describe('the first administrator', () => {
  it('is made with the administrator token, once, by a password that is not the name', async () => {
    expect(await session()).toEqual({ account: null, proof: null, isSetUp: false });
    const first = (changes: object) =>
      enter(coordinator, '/api/accounts/first', {
        ...{ token: coordinator.adminToken, name: 'ada', password: goodPassword },
        ...changes,
      });
    expect((await first({ token: `smk_${'A'.repeat(43)}` })).body.code).toBe('unauthenticated');
    expect((await first({ password: 'too short' })).body.code).toBe('invalid-input');
    expect((await first({ password: 'ada, Ada, ada!' })).body.code).toBe('password-weak');
    expect((await first({ password: 'aaaaaaaabbbb' })).body.code).toBe('password-weak');
    const made = await first({});
    expect(made.body).toMatchObject({ account: { name: 'ada', role: 'administrator', state: 'active' } });
    ada = personOf(coordinator, made);
    expect((await first({ name: 'eve' })).body.code).toBe('already-set-up');
    expect((await session()).isSetUp).toBe(true);
  });
});

describe('the cookie', () => {
  it('is out of reach for scripts and other sites, and demands a proof of whatever changes something', async () => {
    const { setCookie } = await signIn('  ADA ', goodPassword);
    expect(setCookie).toMatch(/^sidemark=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
    const study = { name: 'first', title: 'First' };
    const bare = await ada.call<Problem>('POST', '/api/studies', study, { 'x-sidemark-proof': '' });
    expect(bare.body.code).toBe('request-not-ours');
    const foreign = { origin: 'https://elsewhere.example' };
    expect((await ada.call<Problem>('POST', '/api/studies', study, foreign)).body.code).toBe(
      'request-not-ours',
    );
    expect((await ada.call('GET', '/api/studies', undefined, foreign)).status).toBe(200);
    expect((await ada.call('POST', '/api/studies', study, { origin: coordinator.url })).status).toBe(200);
  });

  it('is not given to the page of another site', async () => {
    const answer = await signIn('ada', goodPassword, { origin: 'https://elsewhere.example' });
    expect([answer.body.code, answer.setCookie]).toEqual(['request-not-ours', '']);
    const crossSite = await signIn('ada', goodPassword, { 'sec-fetch-site': 'cross-site' });
    expect(crossSite.body.code).toBe('request-not-ours');
  });

  it('changes with use; the one before it ends once the new one has come back', async () => {
    const { cookie } = personOf(coordinator, await signIn('ada', goodPassword));
    const recognise = (value: string) => coordinator.app.get(AccountSessionsService).recognise(value);
    const first = cookie.split('=')[1]!;
    expect((await recognise(first)).fresh).toBeUndefined();
    minutesLater = 16;
    const { fresh: second } = await recognise(first);
    expect((await recognise(first)).fresh).toBeUndefined();
    // the answer with the second was lost: the first still works, and a third is given
    minutesLater = 18;
    const { fresh: third } = await recognise(first);
    await expect(recognise(second!.token)).rejects.toMatchObject({ code: 'signed-out' });
    minutesLater = 20;
    await recognise(third!.token);
    await expect(recognise(first)).rejects.toMatchObject({ code: 'signed-out' });
    minutesLater = 20 + 61;
    await expect(recognise(third!.token)).rejects.toMatchObject({ code: 'signed-out' });
    minutesLater = 0;
  });

  it('ends with signing out, and says so afterwards', async () => {
    const person = personOf(coordinator, await signIn('ada', goodPassword));
    expect((await person.call<SessionView>('GET', '/api/session')).body.account?.name).toBe('ada');
    expect((await person.call('POST', '/api/session/end')).status).toBe(200);
    expect((await person.call<Problem>('GET', '/api/studies')).body.code).toBe('signed-out');
    expect((await person.call<SessionView>('GET', '/api/session')).body.account).toBeNull();
  });
});

describe('wrong passwords', () => {
  it('lock the name after five in a row, whether anybody has it or not, and the right one too', async () => {
    await invitedPerson(coordinator, 'lou', 'reader');
    for (const name of ['lou', 'nobody']) {
      for (let i = 0; i < 5; i++)
        expect((await signIn(name, `guess ${i}`)).body.code).toBe('sign-in-refused');
      const { body, status } = await signIn(name, goodPassword);
      expect([body.code, status]).toEqual(['sign-in-locked', 429]);
      expect(body.details['retryAfterSeconds']).toBeGreaterThan(50);
    }
    minutesLater = 2;
    expect((await signIn('lou', 'guess 6')).body.code).toBe('sign-in-refused');
    expect((await signIn('lou', goodPassword)).body.code).toBe('sign-in-locked');
    minutesLater = 5;
    expect((await signIn('lou', goodPassword)).status).toBe(200);
    minutesLater = 0;
  });

  it('are counted one by one, also when all come at once', async () => {
    await invitedPerson(coordinator, 'max', 'reader');
    const tries = Array.from({ length: 12 }, (_, i) => signIn('max', `guess ${i}`));
    const codes = (await Promise.all(tries)).map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(5);
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(7);
  });

  it('are limited for each caller, whatever names it tries', async () => {
    const strict = await startCoordinator({ env: { SIDEMARK_AUTH_FAILURES_PER_MINUTE: '3' } });
    const code = async (n: number) =>
      (await enter(strict, '/api/session', { name: `n${n}`, password: 'guess' })).body.code;
    const codes = [await code(1), await code(2), await code(3), await code(4)];
    await strict.close();
    expect(codes).toEqual([...Array<string>(3).fill('sign-in-refused'), 'rate-limited']);
  });
});

describe('accounts', () => {
  const link = (id: string): Promise<{ body: AccountLink }> =>
    ada.call<AccountLink>('POST', `/api/accounts/${id}/reset`);
  const redeem = (token: string, password = goodPassword) =>
    enter(coordinator, '/api/accounts/redeem', { token, password });

  it('are invited with a link that works once, for three days', async () => {
    const { body } = await ada.call<AccountLink>('POST', '/api/accounts', { name: 'ben', role: 'reader' });
    expect(body.address).toBe(`${coordinator.url}/#/welcome/ben/${body.token}`);
    expect((await signIn('ben', goodPassword)).body.code).toBe('sign-in-refused');
    minutesLater = 72 * 60 + 1;
    expect((await redeem(body.token)).body.code).toBe('one-time-link-invalid');
    minutesLater = 0;
    expect((await redeem(body.token)).body.account).toMatchObject({ name: 'ben', state: 'active' });
    expect((await redeem(body.token)).body.code).toBe('one-time-link-invalid');
    const twice = await ada.call<Problem>('POST', '/api/accounts', { name: 'ben', role: 'reader' });
    expect(twice.body.code).toBe('already-exists');
  });

  it('lose sessions and password with a new link, and a lock with the new password', async () => {
    const eva = await invitedPerson(coordinator, 'eva', 'coordinator');
    for (let i = 0; i < 5; i++) await signIn('eva', 'guess');
    const { body } = await link(eva.id);
    expect((await eva.call<Problem>('GET', '/api/studies')).body.code).toBe('signed-out');
    await redeem(body.token, 'another long password');
    expect((await signIn('eva', 'another long password')).status).toBe(200);
    expect((await signIn('eva', goodPassword)).body.code).toBe('sign-in-refused');
  });

  it('change their own password, which ends every other session', async () => {
    const kim = await invitedPerson(coordinator, 'kim', 'reader');
    const other = personOf(coordinator, await signIn('kim', goodPassword));
    const change = (current: string, next: string) =>
      kim.call<Problem>('POST', '/api/session/password', { current, next });
    expect((await change('wrong', 'a quite new password')).body.code).toBe('sign-in-refused');
    expect((await kim.call('GET', '/api/studies')).status).toBe(200);
    expect((await change(goodPassword, 'a quite new password')).status).toBe(200);
    expect((await other.call<Problem>('GET', '/api/studies')).body.code).toBe('signed-out');
    expect((await signIn('kim', 'a quite new password')).status).toBe(200);
  });

  it('are disabled at once, and come back with the password they had', async () => {
    const pat = await invitedPerson(coordinator, 'pat', 'reader');
    await ada.call('POST', `/api/accounts/${pat.id}/disable`);
    expect((await pat.call<Problem>('GET', '/api/studies')).body.code).toBe('signed-out');
    expect((await signIn('pat', goodPassword)).body.code).toBe('sign-in-refused');
    expect((await ada.call<Problem>('POST', `/api/accounts/${pat.id}/reset`)).body.code).toBe(
      'state-conflict',
    );
    await ada.call('POST', `/api/accounts/${pat.id}/enable`);
    expect((await signIn('pat', goodPassword)).status).toBe(200);
  });

  it('keep one administrator, and a changed role counts from the next request', async () => {
    const refused = await ada.call<Problem>('POST', `/api/accounts/${ada.id}/disable`);
    expect(refused.body.code).toBe('last-administrator');
    expect(
      (await ada.call<Problem>('POST', `/api/accounts/${ada.id}/role`, { role: 'reader' })).body.code,
    ).toBe('last-administrator');
    expect((await ada.call('GET', '/api/accounts')).status).toBe(200);
    const joe = await invitedPerson(coordinator, 'joe', 'administrator');
    expect((await joe.call('GET', '/api/accounts')).status).toBe(200);
    await ada.call('POST', `/api/accounts/${joe.id}/role`, { role: 'coordinator' });
    expect((await joe.call<Problem>('GET', '/api/accounts')).body).toMatchObject({
      code: 'role-insufficient',
      details: { role: 'coordinator', needs: 'administrator' },
    });
  });

  it('show nothing of a password or a link', async () => {
    const { body } = await ada.call<Account[]>('GET', '/api/accounts');
    expect(body.map(({ name }) => name)).toContain('ben');
    expect(JSON.stringify(body)).not.toMatch(/argon2|token|[Hh]ash/);
  });

  it('stand in the audit log, with who changed them', async () => {
    const { body } = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
    const entries = body.map(({ content }) => content);
    const of = (action: string) => entries.filter((entry) => entry.action === action);
    expect(of('account.created')).toMatchObject([{ actor: `account:${ada.id}`, subject: ada.id }]);
    expect(of('account.invited').find(({ details }) => details['name'] === 'ben')?.actor).toBe(
      `account:${ada.id}`,
    );
    expect(of('account.invited').find(({ details }) => details['name'] === 'eva')?.actor).toBe(
      'administrator',
    );
    expect(of('study.created')[0]?.actor).toBe(`account:${ada.id}`);
    expect(of('account.locked').map(({ details }) => details['name'])).toContain('lou');
    const actions = ['reset', 'disabled', 'enabled', 'role-changed', 'password-set', 'signed-in'];
    for (const action of actions) expect(of(`account.${action}`).length).toBeGreaterThan(0);
  });

  it('are given back to whoever holds the token, where no administrator can sign in', async () => {
    const other = await startCoordinator();
    await firstAdministrator(other);
    const { body } = await other.call<AccountLink>('POST', '/api/accounts', {
      body: { name: 'new', role: 'administrator' },
    });
    const entered = await enter(other, '/api/accounts/redeem', { token: body.token, password: goodPassword });
    await other.close();
    expect(entered.body.account?.role).toBe('administrator');
  });
});
