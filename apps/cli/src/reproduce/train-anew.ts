// Trains every shipped model anew, by the recipes in training/. They say themselves what they are at.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Output, usageError } from '@sidemark/terminal';

/**
 * Writes models/ anew.
 * @param root of the repository
 * @throws DomainError when the recipes end with an error, with what to do about it
 */
export async function trainAnew(root: string, output: Output): Promise<void> {
  output.note('Training every model anew (training/README.md); this takes about two hours on two cores');
  const child = spawn('bash', [join(root, 'training/run.sh'), 'all'], { cwd: root, stdio: 'inherit' });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const [code, signal] = await ended.catch((error: unknown) => {
    throw usageError(`the recipes need bash: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (code !== 0)
    throw usageError(
      `training/run.sh all ended with ${signal ?? code}; what went wrong stands above, models/ may be partly new: git checkout models`,
    );
}
