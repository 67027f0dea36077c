// node --import tsx apps/coordinator/src/main.ts: the coordinator until SIGINT or SIGTERM. Settings: .env.example.
import { exitCodeOf, exitCodes, makeOutput } from '@sidemark/terminal';
import { ConfigError, readConfig } from './config.ts';
import { openCoordinator } from './coordinator.ts';

const output = makeOutput(false);

async function main(): Promise<void> {
  const coordinator = await openCoordinator(readConfig());
  const { url, firstToken } = coordinator;
  output.note(`coordinator: ${url}`);
  output.note(`API documents: ${url}/docs (password: the administrator token)`);
  if (firstToken !== undefined) output.note(`administrator token (shown once): ${firstToken}`);
  let closing: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void (closing ??= coordinator.close()));
}

try {
  await main();
} catch (error) {
  output.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = error instanceof ConfigError ? exitCodes.usage : exitCodeOf(error);
}
