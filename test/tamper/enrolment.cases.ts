// Strangers at the enrolment door: tokens, statements and keys that do not belong together.
import { type EnrolmentStatement, type Kit, payloadTypes } from '@sidemark/core/contract';
import { keyIdOf, type SigningKey, signStatement } from '@sidemark/core/signing';
import { enrol, invite, newKey, newStudy, statementFor } from '../support/site.ts';
import type { Attack, HostileCase } from './hostile.ts';
import type { World } from './world.ts';

interface Visit {
  readonly world: World;
  readonly kit: Kit;
  /** another site's kit */
  readonly other: Kit;
  readonly key: SigningKey;
}
type Statement = Partial<EnrolmentStatement>;

let visits = 0;
async function visit(world: World): Promise<Visit> {
  const { coordinator } = world.bench;
  const number = ++visits;
  const kit = await invite(coordinator, world.study, `visit-${number}`);
  const other = await invite(coordinator, world.study, `visit-${number}-other`);
  return { world, kit, other, key: newKey() };
}

const knock = (world: World, statement: unknown, token: string): Attack => {
  const body = JSON.stringify({ statement, token });
  return () => world.request('POST', '/api/enrolment', body, null);
};
const attempt = (
  expected: string,
  name: string,
  prepare: (visit: Visit) => Promise<Attack>,
): HostileCase => ({
  door: 'enrolment',
  name,
  expected,
  prepare: async (world) => prepare(await visit(world)),
});
const sealed = (statement: unknown, key: SigningKey, type: string = payloadTypes.enrolment) =>
  signStatement(type, statement, key);
/** The honest statement with changes, signed by its key, sent with the kit's own token. */
const edited = (
  expected: string,
  name: string,
  change: (visit: Visit) => Statement | Promise<Statement>,
): HostileCase =>
  attempt(expected, name, async (one) => {
    const { world, kit, key } = one;
    const statement = await statementFor(world.bench.coordinator, kit, key, await change(one));
    return knock(world, sealed(statement, key), kit.token);
  });

const unsound = Buffer.alloc(32);
unsound[0] = 1;

const tokenCases: HostileCase[] = [
  attempt('enrolment-token-used', 'a used token', async ({ world, kit }) => {
    await enrol(world.bench.coordinator, kit, newKey());
    const key = newKey();
    return knock(world, sealed(await statementFor(world.bench.coordinator, kit, key), key), kit.token);
  }),
  attempt('enrolment-token-used', 'the whole enrolment, replayed', async ({ world, kit, key }) => {
    const envelope = sealed(await statementFor(world.bench.coordinator, kit, key), key);
    await knock(world, envelope, kit.token)();
    return knock(world, envelope, kit.token);
  }),
  attempt('enrolment-token-expired', 'an expired token', async ({ world, kit, key }) => {
    const envelope = sealed(await statementFor(world.bench.coordinator, kit, key), key);
    const where = { id: kit.tokenId };
    await world.database.transaction((tx) =>
      tx.invitation.update({ where, data: { expiresAt: new Date(0) } }),
    );
    return knock(world, envelope, kit.token);
  }),
  attempt('enrolment-token-invalid', 'the token of another kit', async ({ world, kit, other, key }) =>
    knock(world, sealed(await statementFor(world.bench.coordinator, kit, key), key), other.token),
  ),
  attempt('enrolment-token-invalid', 'a made-up token', async ({ world, kit, key }) =>
    knock(world, sealed(await statementFor(world.bench.coordinator, kit, key), key), 'A'.repeat(43)),
  ),
  attempt('invalid-input', 'a token of another shape', async ({ world, kit, key }) =>
    knock(world, sealed(await statementFor(world.bench.coordinator, kit, key), key), 'short'),
  ),
  attempt('state-conflict', 'the kit of a site that was revoked since', async ({ world, kit, key }) => {
    const envelope = sealed(await statementFor(world.bench.coordinator, kit, key), key);
    await world.database.transaction((tx) =>
      tx.site.update({ where: { id: kit.site }, data: { state: 'revoked' } }),
    );
    return knock(world, envelope, kit.token);
  }),
];

const statementCases: HostileCase[] = [
  edited('enrolment-statement-invalid', 'a kit edited to another site', ({ other }) => ({
    site: other.site,
  })),
  edited('enrolment-statement-invalid', 'a kit edited to another study', async ({ world, kit }) => ({
    study: (await newStudy(world.bench.coordinator, `foreign-${kit.siteName}`)).id,
  })),
  edited('enrolment-token-invalid', 'a kit edited to another token id', ({ other }) => ({
    tokenId: other.tokenId,
  })),
  edited('enrolment-statement-invalid', 'a made-up nonce', () => ({ nonce: '0'.repeat(64) })),
  edited('enrolment-statement-invalid', 'a nonce given to another key', async ({ world, kit }) => {
    const { nonce } = await statementFor(world.bench.coordinator, kit, newKey());
    return { nonce };
  }),
  edited('enrolment-statement-invalid', 'the release key of another coordinator', () => ({
    releasePublicKey: Buffer.from(newKey().publicKey).toString('base64'),
  })),
  edited('enrolment-statement-invalid', 'an unknown statement key', () => ({ approved: true }) as Statement),
  edited('signer-unknown', 'another key inside than the one that signs', () => ({
    sitePublicKey: Buffer.from(newKey().publicKey).toString('base64'),
  })),
  attempt('already-exists', 'one key and nonce for a second site', async ({ world, kit, other, key }) => {
    const { coordinator } = world.bench;
    const statement = await statementFor(coordinator, kit, key);
    await knock(world, sealed(statement, key), kit.token)();
    const second = { ...statement, site: other.site, tokenId: other.tokenId };
    return knock(world, sealed(second, key), other.token);
  }),
  attempt('signature-non-canonical', 'an unsound public key', async ({ world, kit, key }) => {
    const sitePublicKey = unsound.toString('base64');
    const statement = await statementFor(world.bench.coordinator, kit, key, { sitePublicKey });
    return knock(world, sealed(statement, { ...key, keyId: keyIdOf(unsound) }), kit.token);
  }),
  attempt('signature-invalid', 'a key id that the signature does not fit', async ({ world, kit, key }) => {
    const statement = await statementFor(world.bench.coordinator, kit, key);
    return knock(world, sealed(statement, { ...newKey(), keyId: key.keyId }), kit.token);
  }),
  attempt('envelope-type-unexpected', 'a statement of another type', async ({ world, kit, key }) => {
    const statement = await statementFor(world.bench.coordinator, kit, key);
    return knock(world, sealed(statement, key, payloadTypes.siteHello), kit.token);
  }),
  attempt('enrolment-statement-invalid', 'a list for a statement', ({ world, kit, key }) =>
    Promise.resolve(knock(world, sealed([], key), kit.token)),
  ),
  {
    door: 'enrolment',
    name: 'a hello of another contract',
    expected: 'contract-version-mismatch',
    prepare: (world) => {
      const opening = { contract: 99, agentVersion: '0.1.0', siteKeyId: 'a'.repeat(64) };
      const body = JSON.stringify({ ...opening, siteNonce: 'b'.repeat(64) });
      return () => world.request('POST', '/api/enrolment/hello', body, null);
    },
  },
];

export const enrolmentCases = [...tokenCases, ...statementCases];
