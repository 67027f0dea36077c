// `sidemark <noun> <verb>`
import { runProgram } from '@sidemark/terminal';
import { program } from './program.ts';

await runProgram(program(), process.argv.slice(2));
