// The way out: proxy, CA, whether the coordinator answers, and whether its clock agrees with this one.
import { contractVersion, type HealthFinding } from '@sidemark/core/contract';
import type { NetworkConfig } from '../config.ts';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { clockToleranceMs } from '../identity/coordinator-trust.ts';
import { openOutbound, proxyFor } from '../link/outbound.ts';
import type { Clock } from '../platform/clock.ts';
import { bad, failed, finding, good, look } from './finding.ts';

/** Nobody's clock is better than this over HTTP: its Date has whole seconds. */
const agreesMs = 30_000;

/** How to ask the coordinator whether it is there. */
export interface Asking {
  readonly gate: Pick<EgressGate, 'aliveRequest'>;
  readonly client: Pick<CoordinatorClient, 'alive'>;
}

export function examineProxy(
  coordinator: string | undefined,
  network: NetworkConfig,
): Promise<HealthFinding> {
  return finding('proxy', async () => {
    const address = new URL(coordinator ?? 'https://coordinator.invalid');
    const proxy = proxyFor(address, network);
    await Promise.resolve();
    return proxy === undefined
      ? good('proxy', 'none is used for the coordinator: straight out')
      : good('proxy', `by ${proxy.hostname}:${proxy.port || (proxy.protocol === 'https:' ? '443' : '80')}`);
  });
}

export function examineCa(coordinator: string | undefined, network: NetworkConfig): Promise<HealthFinding> {
  return finding('CA', async () => {
    if (network.caFile === undefined) return good('CA', 'the built-in roots');
    // the address decides nothing here but must be one
    await openOutbound({ caFile: network.caFile }, coordinator ?? 'https://coordinator.invalid');
    return good('CA', 'the built-in roots and those of SIDEMARK_CA_FILE');
  });
}

/** Two findings: is the coordinator there, and do the clocks agree. */
export async function examineCoordinator({ gate, client }: Asking, clock: Clock): Promise<HealthFinding[]> {
  const before = clock.now().getTime();
  try {
    const { at, contract } = await client.alive(gate.aliveRequest());
    const here = (before + clock.now().getTime()) / 2;
    return [contractFinding(contract), clockFinding(at.getTime() + 500 - here)];
  } catch (error) {
    return [
      failed('coordinator', error),
      look(
        'clock',
        'not compared: the coordinator did not answer',
        'Mend the connection first; until then, see that this machine keeps time by NTP.',
      ),
    ];
  }
}

function contractFinding(contract: number): HealthFinding {
  const found = `answers, contract ${contract}`;
  if (contract === contractVersion) return good('coordinator', found);
  return bad(
    'coordinator',
    `${found}; this agent speaks ${contractVersion}`,
    contract > contractVersion ? 'Update this agent.' : 'Ask the trial office to update the coordinator.',
  );
}

/** @param skewMs the coordinator's clock less this one */
export function clockFinding(skewMs: number): HealthFinding {
  const size = Math.abs(skewMs);
  if (size <= agreesMs) return good('clock', 'agrees with the coordinator’s');
  const found = `${Math.round(size / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} the coordinator’s`;
  const remedy =
    'Set this clock right, and let it be kept by NTP (timedatectl); if it is right, tell the trial office.';
  return size > clockToleranceMs ? bad('clock', found, remedy) : look('clock', found, remedy);
}
