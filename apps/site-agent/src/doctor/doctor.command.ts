// `sidemark doctor`: the checks of the console's health page, on the command line. Exit code 3 where one is bad.
import { findEnrolment } from '../identity/enrolment.store.ts';
import { action, addVerb, exitCodes, table, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import type { HealthFinding } from '@sidemark/core/contract';
import { openData, withData, type DataOption } from '../commands/data-option.ts';
import type { AgentConfig } from '../config.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { openOutbound } from '../link/outbound.ts';
import { isLocked, takeLock } from '../platform/disk/agent-lock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { instant, systemClock } from '../platform/clock.ts';
import { stderrLog } from '../platform/log.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { examineSite } from './examine-site.ts';

export function registerDoctorCommand(program: Command): void {
  withData(
    addVerb(
      program,
      'doctor',
      'See whether this site can work, and what to do where it cannot',
      'sidemark doctor --data DIR',
    ),
  ).action(action((output, options: DataOption) => doctor(output, options)));
}

async function doctor(output: Output, options: DataOption): Promise<void> {
  const { config, directory } = await openData(options);
  const findings = (await isLocked(directory.lock))
    ? await examineSite({ config, directory, clock: systemClock })
    : await examineStopped(config, directory);
  output.result({ at: instant(systemClock.now()), findings }, doctorText(findings));
  if (findings.some(({ state }) => state === 'bad')) process.exitCode = exitCodes.refused;
}

/** While no agent runs, this command may speak: what it sends is in the ledger, like everything. */
async function examineStopped(config: AgentConfig, directory: DataDirectory): Promise<HealthFinding[]> {
  const world = { config, directory, clock: systemClock };
  const enrolment = await findEnrolment(directory);
  if (enrolment === undefined) return examineSite(world);
  const { coordinator } = enrolment;
  const outbound = await openOutbound(config.network, coordinator).catch(() => undefined);
  if (outbound === undefined) return examineSite(world);
  const lock = await takeLock(directory.lock);
  try {
    const [ledger, policies] = [new LedgerStore(directory.ledger), new PolicyStore(directory.policy)];
    const gate = new EgressGate(coordinator, ledger, policies, systemClock, stderrLog);
    const findings = await examineSite(world, { gate, client: new CoordinatorClient(coordinator, outbound) });
    await gate.flushPresence();
    return findings;
  } finally {
    await lock.release();
  }
}

const signs = { good: 'ok', look: 'look', bad: 'BAD' } as const;

export function doctorText(findings: readonly HealthFinding[]): string {
  const rows = findings.map(({ check, state, found }) => [signs[state], check, found]);
  const remedies = findings.flatMap(({ check, remedy }) => (remedy === null ? [] : [`${check}: ${remedy}`]));
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const verdict =
    bad === 0
      ? 'This site can work.'
      : `${bad} ${bad === 1 ? 'thing keeps' : 'things keep'} this site from working.`;
  return [table(['', 'check', 'found'], rows), ...remedies, verdict].join('\n');
}
