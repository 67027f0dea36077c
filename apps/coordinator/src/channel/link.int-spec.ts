import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AuditEntry,
  type CoordinatorHello,
  payloadTypes,
  type Problem,
  type Site,
  contractVersion,
} from '@sidemark/core/contract';
import { signBytes, signStatement } from '@sidemark/core/signing';
import type { Socket } from 'socket.io-client';
import { startCoordinator, type RunningCoordinator } from '../../../../test/support/coordinator.ts';
import * as as from '../../../../test/support/site.ts';
import { ChannelService } from './channel.service.ts';

let coordinator: RunningCoordinator;
let study: string;
let site: as.TestSite;
const sockets: Socket[] = [];
beforeAll(async () => {
  coordinator = await startCoordinator();
  study = (await as.newStudy(coordinator, 'link')).id;
  site = await as.approvedSite(coordinator, study, 'alpha');
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
afterAll(() => coordinator.close());

const channel = (): ChannelService => coordinator.app.get(ChannelService);
const gone = (socket: Socket): Promise<string> =>
  new Promise((resolve) => socket.once('disconnect', resolve));

async function refusal(
  ...args: Parameters<typeof as.connect> extends [unknown, ...infer R] ? R : never
): Promise<string> {
  const { socket, outcome } = as.connect(coordinator, ...args);
  sockets.push(socket);
  const ended = gone(socket);
  const settled = await outcome;
  await ended;
  return 'refused' in settled ? settled.refused.code : 'ready';
}

async function connected(key = site.key): Promise<{ socket: Socket; session: string }> {
  const link = await as.connected(coordinator, key);
  sockets.push(link.socket);
  return link;
}

describe('the link', () => {
  it('is proved on both sides and makes the site on-line', async () => {
    const ready = new Promise((resolve) => channel().onSiteReady(resolve));
    await connected();
    expect(await ready).toEqual({ siteId: site.id, studyId: study, keyId: site.key.keyId });
    const { body } = await coordinator.call<Site[]>('GET', '/api/sites');
    expect(body.find(({ id }) => id === site.id)?.online).toBe(true);
  });

  it('carries offers and cancellations to the site, and progress back', async () => {
    const { socket } = await connected();
    const envelope = signStatement(payloadTypes.jobOffer, { any: 'thing' }, as.newKey());
    const offered = new Promise((resolve) => socket.once('job:offer', resolve));
    expect(channel().offer(site.id, envelope)).toBe(true);
    expect(await offered).toEqual(envelope);
    const heard = new Promise((resolve) =>
      channel().onProgress((from, progress) => resolve([from.siteId, progress.imagesDone])),
    );
    socket.emit('job:progress', { garbage: true });
    socket.emit('job:progress', 'garbage');
    const progress = {
      job: site.id,
      phase: 'evaluating',
      imagesDone: 3,
      imagesTotal: 9,
      ratePerSecond: 1,
      etaSeconds: null,
    };
    socket.emit('job:progress', progress);
    expect(await heard).toEqual([site.id, 3]);
  });

  it('belongs to the newest connection where the older one has fallen silent', async () => {
    const { socket } = await connected();
    const ended = gone(socket);
    await connected();
    await ended;
    expect(channel().isOnline(site.id)).toBe(true);
  });

  it('stays with the connection that answers: a second agent with the same key is refused, once in the log', async () => {
    const twin = await as.approvedSite(coordinator, study, 'twin');
    const { socket, session } = await connected(twin.key);
    socket.on('link:probe', (answer: () => void) => answer());
    expect(await refusal(twin.key)).toBe('site-connected-twice');
    expect(await refusal(twin.key)).toBe('site-connected-twice');
    expect(socket.connected).toBe(true);
    const { body } = await coordinator.call<Problem>('GET', `/api/site/models/${'0'.repeat(64)}`, {
      token: session,
    });
    expect(body.code).toBe('not-found');
    const { body: entries } = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
    const told = entries.filter(({ content }) => content.action === 'site.connected-twice');
    expect(told.map(({ content }) => content.subject)).toEqual([twin.id]);
    const ended = gone(socket);
    socket.disconnect();
    await ended;
    await connected(twin.key);
  });

  it.each<[string, Partial<Parameters<typeof as.siteHello>[2]>]>([
    ['another nonce', { coordinatorNonce: 'a'.repeat(64) }],
    ['another address', { address: 'http://relay.example' }],
    ['another coordinator key', { coordinatorKeyId: 'a'.repeat(64) }],
  ])('is refused for a hello with %s', async (_, changes) => {
    const answer: as.SiteAnswer = (challenge) => as.siteHello(site.key, challenge, changes);
    expect(await refusal(site.key, answer)).toBe('challenge-failed');
  });

  it('is refused for a hello of another session, an empty answer and somebody else’s signature', async () => {
    let first: unknown;
    await refusal(
      site.key,
      (challenge) => (first = as.siteHello(site.key, challenge, { address: 'http://a.example' })),
    );
    expect(await refusal(site.key, () => first)).toBe('challenge-failed');
    expect(await refusal(site.key, () => null)).toBe('challenge-failed');
    const thief = as.newKey();
    expect(await refusal(site.key, (challenge) => as.siteHello(thief, challenge))).toBe('signer-unknown');
    expect(await refusal(thief)).toBe('signer-unknown');
  });

  it('names the side to upgrade when the contracts differ', async () => {
    const opening = { ...as.openingOf(site.key), contract: 99 };
    const { socket, outcome } = as.connect(coordinator, site.key, undefined, opening);
    sockets.push(socket);
    const details = { upgrade: 'coordinator', coordinator: contractVersion, siteAgent: 99 };
    expect(await outcome).toMatchObject({ refused: { code: 'contract-version-mismatch', details } });
  });

  it('gives nothing to a site that waits for approval', async () => {
    const key = as.newKey();
    await as.enrol(coordinator, await as.invite(coordinator, study, 'waiting'), key);
    expect(await refusal(key)).toBe('site-not-approved');
  });

  it('ends with suspension, is refused meanwhile, and comes back after it', async () => {
    const { socket, session } = await connected();
    const ended = gone(socket);
    await coordinator.call('POST', `/api/sites/${site.id}/suspend`);
    await ended;
    expect(await refusal(site.key)).toBe('site-suspended');
    const left = await coordinator.call<Problem>('GET', `/api/site/models/${'0'.repeat(64)}`, {
      token: session,
    });
    expect(left.body.code).toBe('site-suspended');
    await coordinator.call('POST', `/api/sites/${site.id}/resume`);
    await connected();
  });

  it('ends for good with revocation', async () => {
    const lost = await as.approvedSite(coordinator, study, 'lost');
    const { socket } = await connected(lost.key);
    const ended = gone(socket);
    await coordinator.call('POST', `/api/sites/${lost.id}/revoke`);
    await ended;
    expect(await refusal(lost.key)).toBe('key-revoked');
  });

  it('cannot be turned into a machine that signs: what comes back is a hello of the coordinator’s own making', async () => {
    const wish = Buffer.from('DSSEv1 0  0 ').toString('hex').padEnd(64, '0');
    const opening = { ...as.openingOf(site.key), siteNonce: wish };
    let hello: CoordinatorHello | undefined;
    let type = '';
    const answer: as.SiteAnswer = (challenge) => {
      hello = as.helloIn(challenge);
      type = challenge.hello.payloadType;
      return as.siteHello(site.key, challenge);
    };
    const { socket, outcome } = as.connect(coordinator, site.key, answer, opening);
    sockets.push(socket);
    expect(await outcome).toHaveProperty('ready');
    expect(type).toBe(payloadTypes.coordinatorHello);
    expect(hello).toMatchObject({
      schema: 'sidemark.coordinator-hello/1',
      siteNonce: wish,
      siteKeyId: site.key.keyId,
    });
    // and the coordinator takes no bare signature over its nonce for an answer
    const bare = await refusal(site.key, (challenge) => {
      const nonce = Buffer.from(as.helloIn(challenge).coordinatorNonce, 'hex');
      return Buffer.from(signBytes(nonce, site.key)).toString('base64');
    });
    expect(bare).toBe('challenge-failed');
  });
});
