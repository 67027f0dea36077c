import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry, AuditVerdict } from '@sidemark/core/contract';
import { startCoordinator, type RunningCoordinator } from '../../../../test/support/coordinator.ts';
import { Database } from '../platform/database/database.ts';

describe('the audit log', () => {
  let coordinator: RunningCoordinator;
  beforeAll(async () => {
    coordinator = await startCoordinator();
  });
  afterAll(() => coordinator.close());

  it('begins with the administrator token and holds together', async () => {
    const { body } = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
    expect(body.map((entry) => entry.content.action)).toEqual(['administrator.token-made']);
    const verdict = await coordinator.call<AuditVerdict>('GET', '/api/audit/verify');
    expect(verdict.body).toEqual({ entries: 1, head: body[0]?.hash, firstBroken: null });
  });

  it('names the first entry that was tampered with', async () => {
    await coordinator.app
      .get(Database)
      .read((tx) => tx.auditEntry.update({ where: { sequence: 1 }, data: { content: {} } }));
    const { body } = await coordinator.call<AuditVerdict>('GET', '/api/audit/verify');
    expect(body.firstBroken).toBe(1);
  });
});
