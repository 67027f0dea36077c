// `doctor`: everything that must be right for a site to work, each with what to do where it is not.
import type { HealthFinding } from '@sidemark/core/contract';
import type { AgentConfig } from '../config.ts';
import { findEnrolment } from '../identity/enrolment.store.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { finding, look } from './finding.ts';
import { examineDicom, examineHoldings, examineModels } from './holdings.ts';
import { examineCpu, examineDisk, examineMemory, examineNode } from './machine.ts';
import { type Asking, examineCa, examineCoordinator, examineProxy } from './network.ts';

export interface SiteToExamine {
  readonly config: AgentConfig;
  readonly directory: DataDirectory;
  readonly clock: Clock;
}

/** @param asking absent: nothing is sent, and the coordinator is not asked whether it is there */
export async function examineSite(
  { config, directory, clock }: SiteToExamine,
  asking?: Asking,
): Promise<HealthFinding[]> {
  const { network } = config;
  const coordinator = (await findEnrolment(directory))?.coordinator;
  const asked =
    asking === undefined
      ? [
          look(
            'coordinator',
            'not asked',
            'Stop the agent or open its console, and ask again: one of them speaks at a time.',
          ),
        ]
      : await examineCoordinator(asking, clock);
  const findings = await Promise.all([
    finding('disk', () => examineDisk(directory.root)),
    finding('memory', () => examineMemory(config)),
    finding('CPU', () => examineCpu(config)),
    examineProxy(coordinator, network),
    examineCa(coordinator, network),
    ...examineHoldings(directory),
  ]);
  // one after the other: both start a process
  const [films, models] = [await examineDicom(directory), await examineModels(directory)];
  return [examineNode(), ...findings, ...asked, films, models];
}
