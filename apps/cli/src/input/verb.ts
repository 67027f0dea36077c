// A verb that talks to the coordinator as administrator.
import type { Command } from 'commander';
import { action, addVerb, type Output } from '@sidemark/terminal';
import { connectionFrom, type Connection, type ConnectionOptions } from '../config.ts';

type Run<A extends unknown[], O> = (
  context: { output: Output; connection: Connection; options: O },
  ...args: A
) => Promise<void>;

/** --url and --token-file: where the coordinator is, and who asks. */
export function withConnection(verb: Command): Command {
  return verb
    .option('--url <url>', 'coordinator address (SIDEMARK_URL)')
    .option(
      '--token-file <file>',
      'file with the administrator token (SIDEMARK_TOKEN_FILE, or SIDEMARK_TOKEN itself)',
    );
}

/** Adds a verb with --url and --token-file; `run` gets the connection ready made. */
export function administratorVerb<O extends object = object, A extends string[] = string[]>(
  parent: Command,
  signature: string,
  description: string,
  example: string,
  run: Run<A, O & ConnectionOptions>,
): Command {
  const verb = withConnection(addVerb(parent, signature, description, example));
  return verb.action(
    action(async (output, ...rest: unknown[]) => {
      const options = rest.pop() as O & ConnectionOptions;
      await run({ output, connection: connectionFrom(options), options }, ...(rest as A));
    }),
  );
}
