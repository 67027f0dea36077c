// One commander program per app, with the same manners: --json everywhere, exit codes, errors as sentences.
import { Command, CommanderError } from 'commander';
import { DomainError } from '@sidemark/core/errors';
import { exitCodeHelp, exitCodeOf, exitCodes } from './exit-codes.ts';
import { makeOutput, type Output } from './output.ts';

/** A program whose commands print through `Output` and exit as documented. */
export function makeProgram(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError('(add --help for an example)')
    .addHelpText('after', `\n${exitCodeHelp}`)
    .exitOverride();
}

/** Adds `verb` with --json and an example in its help. */
export function addVerb(parent: Command, signature: string, description: string, example: string): Command {
  return parent
    .command(signature)
    .description(description)
    .option('--json', 'print JSON for programs')
    .addHelpText('after', `\nExample:\n  $ ${example}`)
    .exitOverride();
}

/** Wraps an action: builds its output from --json, and turns what it throws into words and an exit code. */
export function action<A extends unknown[]>(
  run: (output: Output, ...args: A) => Promise<void> | void,
): (...args: [...A, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const output = makeOutput(Boolean(command.opts<{ json?: boolean }>().json));
    try {
      await run(output, ...(args.slice(0, -1) as unknown as A));
    } catch (error) {
      output.error(error);
      process.exitCode = exitCodeOf(error);
    }
  };
}

/** Parses argv and runs the command. Resolves when the command is done; the exit code is in `process.exitCode`. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    else throw error;
  }
}

/** Shorthand for a usage error. */
export function usageError(reason: string): DomainError {
  return new DomainError('usage', { reason });
}
