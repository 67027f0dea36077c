// node --import tsx apps/coordinator/src/main.ts: the coordinator until SIGINT or SIGTERM. Settings: .env.example.
import { exitCodeOf, exitCodes, makeOutput } from '@sidemark/terminal';
import { ConfigError, readConfig } from './config.ts';
import { openCoordinator } from './coordinator.ts';

const output = makeOutput(false);

async function main(): Promise<void> {
  const opening = openCoordinator(readConfig());
  // also while it is opening: what is half open is opened to the end, then closed in order
  const stop = (): void =>
    void opening
      .then((coordinator) => coordinator.close())
      // everything is closed: no half-closed connection of somebody else shall keep the process
      .then(() => process.exit())
      .catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const { url, firstToken } = await opening;
  output.note(`coordinator: ${url}`);
  output.note(`dashboard: ${url}/ (the first time, the administrator token makes your account)`);
  output.note(`API documents: ${url}/docs (password: the administrator token)`);
  if (firstToken !== undefined) output.note(`administrator token (shown once): ${firstToken}`);
}

try {
  await main();
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else output.error(error);
  process.exitCode = error instanceof ConfigError ? exitCodes.usage : exitCodeOf(error);
}
