// Files that people carry to the trial office: they pass the very doors of the link, and an administrator's as well.
import { type EnrolmentStatement, type Kit, payloadTypes } from '@sidemark/core/contract';
import { carriedNonce, type SigningKey, sha256, signStatement } from '@sidemark/core/signing';
import { signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { invite, newKey, statementFor } from '../support/site.ts';
import type { HostileCase } from './hostile.ts';
import type { World } from './world.ts';

const report = (
  expected: string,
  name: string,
  make: (world: World) => unknown,
  token: (world: World) => string | null = ({ bench }) => bench.coordinator.adminToken,
): HostileCase => ({
  door: 'carried report',
  name,
  expected,
  prepare: (world) => {
    const body = JSON.stringify(make(world));
    return () => world.request('POST', '/api/reports/import', body, token(world));
  },
});
const carried = (envelope: unknown): object => ({ schema: 'sidemark.carried-report/1', report: envelope });
const honest = ({ bench }: World): object => carried(signReport(bench.report(bench.alpha), bench.alpha.key));

const reportCases: HostileCase[] = [
  report('signature-invalid', 'forged under the key id of a site', ({ bench }) =>
    carried(signReport(bench.report(bench.alpha), { ...bench.beta.key, keyId: bench.alpha.key.keyId })),
  ),
  report('signer-unknown', 'signed by nobody known', ({ bench }) =>
    carried(signReport(bench.report(bench.alpha), newKey())),
  ),
  report('signer-role', 'signed by the on-line key', ({ bench }) =>
    carried(signReport(bench.report(bench.alpha), bench.onlineKey)),
  ),
  report('report-wrong-site', 'of one site, signed by another', ({ bench }) =>
    carried(signReport(bench.report(bench.alpha), bench.beta.key)),
  ),
  report('unauthenticated', 'brought without a token', honest, () => null),
  report('forbidden', 'brought with the session of a site', honest, ({ bench }) => bench.alpha.token),
  report('invalid-input', 'with one key more', (world) => ({ ...honest(world), accepted: true })),
  report('invalid-input', 'that is an envelope alone', ({ bench }) =>
    signReport(bench.report(bench.alpha), bench.alpha.key),
  ),
];

interface Visit {
  readonly world: World;
  readonly kit: Kit;
  readonly key: SigningKey;
}
let visits = 0;

/** The honest statement of a site without a link, with changes. */
const enrolment = (
  expected: string,
  name: string,
  change: (visit: Visit) => Partial<EnrolmentStatement> | Promise<Partial<EnrolmentStatement>>,
  token: (world: World) => string | null = ({ bench }) => bench.coordinator.adminToken,
): HostileCase => ({
  door: 'carried enrolment',
  name,
  expected,
  prepare: async (world) => {
    const { coordinator } = world.bench;
    const kit = await invite(coordinator, world.study, `carried-${(visits += 1)}`);
    const key = newKey();
    const nonce = carriedNonce(sha256(kit.token), key.keyId);
    const changes = await change({ world, kit, key });
    const statement = await statementFor(coordinator, kit, key, { nonce, ...changes });
    const file = {
      schema: 'sidemark.carried-enrolment/1',
      statement: signStatement(payloadTypes.enrolment, statement, key),
    };
    return () => world.request('POST', '/api/sites/enrolments', JSON.stringify(file), token(world));
  },
});

const enrolmentCases: HostileCase[] = [
  enrolment('enrolment-token-invalid', 'by somebody who never had the token', ({ key }) => ({
    nonce: carriedNonce(sha256('A'.repeat(43)), key.keyId),
  })),
  enrolment('enrolment-token-invalid', 'with the proof of another key', ({ kit }) => ({
    nonce: carriedNonce(sha256(kit.token), newKey().keyId),
  })),
  enrolment('enrolment-token-invalid', 'with the nonce of a hello', async ({ world, kit, key }) => ({
    nonce: (await statementFor(world.bench.coordinator, kit, key)).nonce,
  })),
  enrolment('enrolment-statement-invalid', 'edited to another site', ({ world }) => ({
    site: world.linked.id,
  })),
  enrolment('enrolment-statement-invalid', 'for another coordinator', () => ({
    releasePublicKey: Buffer.from(newKey().publicKey).toString('base64'),
  })),
  enrolment('enrolment-token-expired', 'after its time', async ({ world, kit }) => {
    const where = { id: kit.tokenId };
    await world.database.transaction((tx) =>
      tx.invitation.update({ where, data: { expiresAt: new Date(0) } }),
    );
    return {};
  }),
  enrolment(
    'unauthenticated',
    'brought without a token',
    () => ({}),
    () => null,
  ),
];

const exportCases: HostileCase[] = [
  {
    door: 'carried job',
    name: 'asked for by a site',
    expected: 'forbidden',
    prepare: (world) => () =>
      world.request(
        'POST',
        `/api/jobs/${world.accepted.report.header.job}/export`,
        '{}',
        world.bench.alpha.token,
      ),
  },
  {
    door: 'carried job',
    name: 'of a job that has ended',
    expected: 'state-conflict',
    prepare: (world) => () =>
      world.request(
        'POST',
        `/api/jobs/${world.accepted.report.header.job}/export`,
        '{}',
        world.bench.coordinator.adminToken,
      ),
  },
];

export const carriedInCases = [...reportCases, ...enrolmentCases, ...exportCases];
