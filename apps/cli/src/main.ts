// `sidemark <noun> <verb>`: the trial office's commands are here; a site's commands live in the site agent.
import { makeProgram, runProgram } from '@sidemark/terminal';
import { registerAudit } from './commands/audit.ts';
import { registerCoordinator } from './commands/coordinator.ts';
import { registerDelegates } from './commands/delegate.ts';
import { registerModel } from './commands/model.ts';
import { registerProtocol } from './commands/protocol.ts';
import { registerReport } from './commands/report.ts';
import { registerRun } from './commands/run.ts';
import { registerSite } from './commands/site.ts';
import { registerStudy } from './commands/study.ts';

const program = makeProgram(
  'sidemark',
  'Federated evaluation of radiograph classifiers: no image leaves a hospital',
);
for (const register of [
  registerStudy,
  registerSite,
  registerModel,
  registerProtocol,
  registerRun,
  registerReport,
  registerAudit,
  registerCoordinator,
  registerDelegates,
]) {
  register(program);
}
await runProgram(program, process.argv.slice(2));
