// The site agent's process: `sidemark agent|dataset|dicom|doctor|egress|key|model|policy ...` ends here.
import 'reflect-metadata';
import { makeProgram, runProgram } from '@sidemark/terminal';
import { registerAgentCommands } from './commands/agent.commands.ts';
import { registerCarriedCommands } from './commands/carried.commands.ts';
import { registerEgressCommands } from './commands/egress.commands.ts';
import { registerKeyCommands } from './commands/key.commands.ts';
import { registerPolicyCommands } from './commands/policy.commands.ts';
import { registerDatasetCommands } from './dataset/dataset.commands.ts';
import { registerDicomCommands } from './dicom/dicom.commands.ts';
import { registerDoctorCommand } from './doctor/doctor.command.ts';
import { registerHarmonizeCommand } from './harmonize/harmonize.commands.ts';
import { registerTrialCommands } from './trial-run/trial.commands.ts';
import { registerPackCommands } from './qualification/pack.commands.ts';

const program = makeProgram('sidemark', 'The site agent of Sidemark: a hospital’s side of a trial');
registerAgentCommands(program);
registerCarriedCommands(program);
registerDatasetCommands(program);
registerDicomCommands(program);
registerEgressCommands(program);
registerPackCommands(program);
registerPolicyCommands(program);
registerKeyCommands(program);
registerHarmonizeCommand(program);
registerDoctorCommand(program);
registerTrialCommands(program);
await runProgram(program, process.argv.slice(2));
