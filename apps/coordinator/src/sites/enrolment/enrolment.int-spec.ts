import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry, EnrolmentStatement, Kit, Problem, Site } from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { keyIdOf, signStatement } from '@sidemark/core/signing';
import { startCoordinator, type RunningCoordinator } from '../../../../../test/support/coordinator.ts';
import {
  enrol,
  helloIn,
  invite,
  newKey,
  newStudy,
  openingOf,
  statementFor,
} from '../../../../../test/support/site.ts';

let coordinator: RunningCoordinator;
let study: string;
beforeAll(async () => {
  coordinator = await startCoordinator();
  study = (await newStudy(coordinator, 'enrolment')).id;
});
afterAll(() => coordinator.close());

const sites = async (): Promise<Site[]> => (await coordinator.call<Site[]>('GET', '/api/sites')).body;
const siteOf = async (kit: Kit): Promise<Site | undefined> =>
  (await sites()).find(({ id }) => id === kit.site);
const post = (kit: Kit, verb: string, body?: unknown): ReturnType<typeof coordinator.call<Site & Problem>> =>
  coordinator.call('POST', `/api/sites/${kit.site}/${verb}`, { body: body ?? {} });

describe('enrolment', () => {
  it('goes from kit to approved site over a signed hello, a statement and six words', async () => {
    const key = newKey();
    const kit = await invite(coordinator, study, 'north');
    expect(kit).toMatchObject({
      schema: 'sidemark.kit/1',
      coordinator: coordinator.url,
      study,
      siteName: 'north',
    });
    expect((await siteOf(kit))?.state).toBe('invited');

    const answer = await enrol(coordinator, kit, key);
    expect(answer).toMatchObject({ status: 200, body: { site: kit.site, state: 'pending' } });
    expect(await siteOf(kit)).toMatchObject({
      state: 'pending',
      words: answer.body.words,
      key: { keyId: key.keyId },
    });

    const wrong = await post(kit, 'approve', { words: ['a', 'b', 'c', 'd', 'e', 'f'] });
    expect(wrong).toMatchObject({
      status: 422,
      body: { code: 'invalid-input', details: { fields: ['words'] } },
    });
    const approved = await post(kit, 'approve', { words: answer.body.words });
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', online: false } });

    const audit = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
    const told = audit.body
      .filter(({ content }) => content.subject === kit.site)
      .map(({ content }) => content.action);
    expect(told).toEqual(['site.invited', 'site.enrolled', 'site.approved']);
  });

  it('lets the site see the kit’s fingerprint before it sends the token', async () => {
    const kit = await invite(coordinator, study, 'fingerprint');
    const opening = openingOf(newKey());
    const { body } = await coordinator.call<Parameters<typeof helloIn>[0]>('POST', '/api/enrolment/hello', {
      body: opening,
      token: null,
    });
    expect(keyIdOf(Buffer.from(body.releasePublicKey, 'base64'))).toBe(kit.releaseKeyFingerprint);
    expect(helloIn(body)).toMatchObject({
      siteNonce: opening.siteNonce,
      siteKeyId: opening.siteKeyId,
      address: kit.coordinator,
    });
  });

  it('takes a token once', async () => {
    const kit = await invite(coordinator, study, 'once');
    expect((await enrol(coordinator, kit, newKey())).status).toBe(200);
    expect((await enrol(coordinator, kit, newKey())).body.code).toBe('enrolment-token-used');
  });

  it('takes one of two who come with the same token at once', async () => {
    const kit = await invite(coordinator, study, 'race');
    const answers = await Promise.all([enrol(coordinator, kit, newKey()), enrol(coordinator, kit, newKey())]);
    expect(answers.map(({ body }) => body.code).sort()).toEqual(['enrolment-token-used', undefined]);
  });

  it('refuses an unknown and an expired token', async () => {
    const kit = await invite(coordinator, study, 'late', { expiresInHours: 0.01 });
    const forged = { ...kit, token: 'A'.repeat(43) };
    expect((await enrol(coordinator, forged, newKey())).body.code).toBe('enrolment-token-invalid');
    const older = await invite(coordinator, study, 'older');
    await invite(coordinator, study, 'older');
    expect((await enrol(coordinator, older, newKey())).body.code).toBe('enrolment-token-expired');
  });

  it.each<[string, (other: Kit) => Partial<EnrolmentStatement>]>([
    ['another site', (other) => ({ site: other.site })],
    ['another study', (other) => ({ study: other.tokenId })],
    ['a nonce we did not give', () => ({ nonce: '0'.repeat(64) })],
    ['another coordinator', () => ({ releasePublicKey: Buffer.from(newKey().publicKey).toString('base64') })],
  ])('refuses a statement that names %s, and leaves the token good', async (name, changes) => {
    const slug = name.replaceAll(' ', '-');
    const [kit, other] = [
      await invite(coordinator, study, slug),
      await invite(coordinator, study, `${slug}-2`),
    ];
    const key = newKey();
    expect((await enrol(coordinator, kit, key, changes(other))).body.code).toBe(
      'enrolment-statement-invalid',
    );
    expect((await siteOf(kit))?.state).toBe('invited');
    expect((await enrol(coordinator, kit, key)).status).toBe(200);
  });

  it('refuses a statement that the key inside did not sign', async () => {
    const kit = await invite(coordinator, study, 'forged');
    const statement = signStatement(
      payloadTypes.enrolment,
      await statementFor(coordinator, kit, newKey()),
      newKey(),
    );
    const body = { statement, token: kit.token };
    const answer = await coordinator.call<Problem>('POST', '/api/enrolment', { body, token: null });
    expect(answer.body.code).toBe('signer-unknown');
  });

  it('invites a site anew when the words did not match: the first key is revoked, the second applies', async () => {
    const kit = await invite(coordinator, study, 'anew');
    const stranger = newKey();
    await enrol(coordinator, kit, stranger);
    const second = await invite(coordinator, study, 'anew');
    expect(second.site).toBe(kit.site);
    expect(await siteOf(kit)).toMatchObject({
      state: 'invited',
      words: null,
      key: { keyId: stranger.keyId },
    });
    expect((await siteOf(kit))?.key?.revokedAt).not.toBeNull();
    const key = newKey();
    expect((await enrol(coordinator, second, key)).status).toBe(200);
    expect((await siteOf(kit))?.key).toMatchObject({ keyId: key.keyId, revokedAt: null });
  });

  it('refuses what the state of a site does not allow, and a name that is taken', async () => {
    const kit = await invite(coordinator, study, 'states');
    const early = await post(kit, 'approve', { words: ['a', 'b', 'c', 'd', 'e', 'f'] });
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'state-conflict', details: { state: 'invited' } },
    });
    expect((await post(kit, 'revoke')).body.state).toBe('revoked');
    const again = await coordinator.call<Problem>('POST', '/api/sites/invitations', {
      body: { study, name: 'states' },
    });
    expect(again.body.code).toBe('already-exists');
  });

  it('refuses a study that is not there and a name that is taken', async () => {
    const body = { study: '00000000-0000-4000-8000-000000000000', name: 'nowhere' };
    expect((await coordinator.call<Problem>('POST', '/api/sites/invitations', { body })).body.code).toBe(
      'not-found',
    );
    const taken = await coordinator.call<Problem>('POST', '/api/studies', {
      body: { name: 'enrolment', title: 'x' },
    });
    expect(taken).toMatchObject({
      status: 409,
      type: 'application/problem+json; charset=utf-8',
      body: { code: 'already-exists' },
    });
  });
});
