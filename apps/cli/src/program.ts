// All nouns of `sidemark`: the trial office's are here, a site's live in the site agent.
import type { Command } from 'commander';
import { makeProgram } from '@sidemark/terminal';
import { registerAccount } from './commands/account.ts';
import { registerAnalysis } from './commands/analysis.ts';
import { registerAudit } from './commands/audit.ts';
import { registerBundle } from './commands/bundle.ts';
import { registerCoordinator } from './commands/coordinator.ts';
import { registerDelegates } from './commands/delegate.ts';
import { registerKey } from './commands/key.ts';
import { registerJob } from './commands/job.ts';
import { registerModel } from './commands/model.ts';
import { registerPack } from './commands/pack.ts';
import { registerPhantom } from './commands/phantom.ts';
import { registerProtocol } from './commands/protocol.ts';
import { registerReport } from './commands/report.ts';
import { registerRun } from './commands/run.ts';
import { registerSite } from './commands/site.ts';
import { registerStudy } from './commands/study.ts';

const nouns = [
  registerAccount,
  registerStudy,
  registerSite,
  registerKey,
  registerModel,
  registerProtocol,
  registerRun,
  registerAnalysis,
  registerJob,
  registerReport,
  registerBundle,
  registerAudit,
  registerPack,
  registerPhantom,
  registerCoordinator,
  registerDelegates,
];

export function program(): Command {
  const sidemark = makeProgram(
    'sidemark',
    'Federated evaluation of radiograph classifiers: no image leaves a hospital',
  );
  for (const register of nouns) register(sidemark);
  return sidemark;
}
