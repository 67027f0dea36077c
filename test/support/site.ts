// A site without an agent: a key, its enrolment and its link, as the contract says them. For tests of the coordinator.
import {
  contractVersion,
  CoordinatorHello,
  type Envelope,
  type EnrolmentStatement,
  type Kit,
  type LinkChallenge,
  type LinkOpening,
  type LinkReady,
  payloadTypes,
  type Problem,
  type Site,
  type SiteHello,
  socketPath,
  type Study,
} from '@sidemark/core/contract';
import { type SigningKey, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Answer, RunningCoordinator } from './coordinator.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const newKey = (): SigningKey => signingKeyFromSeed(randomBytes(32));

export function openingOf(key: SigningKey): LinkOpening {
  const siteNonce = randomBytes(32).toString('hex');
  return { contract: contractVersion, agentVersion: '0.1.0', siteKeyId: key.keyId, siteNonce };
}

export function helloIn(challenge: LinkChallenge): CoordinatorHello {
  return CoordinatorHello.parse(JSON.parse(Buffer.from(challenge.hello.payload, 'base64').toString('utf8')));
}

export async function newStudy(coordinator: RunningCoordinator, name: string): Promise<Study> {
  return (await coordinator.call<Study>('POST', '/api/studies', { body: { name, title: name } })).body;
}

export async function invite(
  coordinator: RunningCoordinator,
  study: string,
  name: string,
  more: object = {},
): Promise<Kit> {
  return (await coordinator.call<Kit>('POST', '/api/sites/invitations', { body: { study, name, ...more } }))
    .body;
}

/** The statement a site signs at enrolment, with `changes` for those who do not play fair. */
export async function statementFor(
  coordinator: RunningCoordinator,
  kit: Kit,
  key: SigningKey,
  changes: Partial<EnrolmentStatement> = {},
): Promise<EnrolmentStatement> {
  const body = openingOf(key);
  const hello = await coordinator.call<LinkChallenge>('POST', '/api/enrolment/hello', { body, token: null });
  return {
    schema: 'sidemark.enrolment/1',
    study: kit.study,
    site: kit.site,
    sitePublicKey: base64(key.publicKey),
    releasePublicKey: hello.body.releasePublicKey,
    tokenId: kit.tokenId,
    nonce: helloIn(hello.body).coordinatorNonce,
    ...changes,
  };
}

export async function enrol(
  coordinator: RunningCoordinator,
  kit: Kit,
  key: SigningKey,
  changes: Partial<EnrolmentStatement> = {},
): Promise<Answer<{ site: string; state: string; words: string[] } & Problem>> {
  const statement = signStatement(
    payloadTypes.enrolment,
    await statementFor(coordinator, kit, key, changes),
    key,
  );
  return coordinator.call('POST', '/api/enrolment', { body: { statement, token: kit.token }, token: null });
}

export interface TestSite {
  readonly id: string;
  readonly name: string;
  readonly key: SigningKey;
}

/** Invited, enrolled and approved. */
export async function approvedSite(
  coordinator: RunningCoordinator,
  study: string,
  name: string,
): Promise<TestSite> {
  const key = newKey();
  const kit = await invite(coordinator, study, name);
  const { words } = (await enrol(coordinator, kit, key)).body;
  await coordinator.call<Site>('POST', `/api/sites/${kit.site}/approve`, { body: { words } });
  return { id: kit.site, name, key };
}

export type SiteAnswer = (challenge: LinkChallenge, opening: LinkOpening) => unknown;

/** What an honest site answers. */
export function siteHello(
  key: SigningKey,
  challenge: LinkChallenge,
  changes: Partial<SiteHello> = {},
): Envelope {
  const { contract, address, siteKeyId, coordinatorKeyId, siteNonce, coordinatorNonce } = helloIn(challenge);
  const shared = { contract, address, siteKeyId, coordinatorKeyId, siteNonce, coordinatorNonce };
  const statement: SiteHello = {
    schema: 'sidemark.site-hello/1',
    ...shared,
    agentVersion: '0.1.0',
    ...changes,
  };
  return signStatement(payloadTypes.siteHello, statement, key);
}

export interface Connection {
  readonly socket: Socket;
  /** settles when the coordinator has decided */
  readonly outcome: Promise<{ ready: LinkReady } | { refused: Problem }>;
}

/** Opens the link; the caller closes the socket. */
export function connect(
  coordinator: RunningCoordinator,
  key: SigningKey,
  answer: SiteAnswer = (challenge) => siteHello(key, challenge),
  opening: LinkOpening = openingOf(key),
): Connection {
  const socket = io(coordinator.url, {
    path: socketPath,
    auth: opening,
    reconnection: false,
    forceNew: true,
  });
  socket.on('link:challenge', (challenge: LinkChallenge, reply: (envelope: unknown) => void) =>
    reply(answer(challenge, opening)),
  );
  const outcome = new Promise<{ ready: LinkReady } | { refused: Problem }>((resolve) => {
    socket.on('link:ready', (ready: LinkReady) => resolve({ ready }));
    socket.on('link:refused', (refused: Problem) => resolve({ refused }));
  });
  return { socket, outcome };
}

/** A proved link and its session. @throws Error with the code when the coordinator refuses. */
export async function connected(
  coordinator: RunningCoordinator,
  key: SigningKey,
): Promise<{ socket: Socket; session: string }> {
  const { socket, outcome } = connect(coordinator, key);
  const settled = await outcome;
  if ('refused' in settled) throw new Error(settled.refused.code);
  return { socket, session: settled.ready.session };
}
