// The console of a running agent: its parts, its token of this start, and the file by which `sidemark agent console` finds it.
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { z } from 'zod';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { Site } from '../identity/site.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { ModelStore } from '../models/model.store.ts';
import { OutboxService } from '../outbox/outbox.service.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { AgentWorld } from '../platform/agent-world.ts';
import { readJson, removeDurably, writeJson } from '../platform/disk/durable-file.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import type { ConsoleFeed } from './console-feed.ts';
import { consoleRoutes } from './console.routes.ts';
import { ConsoleService } from './console.service.ts';
import { DatasetChecks } from './dataset-checks.ts';
import { PassphraseGate } from './passphrase-gate.ts';
import { PictureRoom } from './picture-room.ts';
import { serveConsole } from './server/console.server.ts';
import { readPage } from './server/page-files.ts';

/** Where `npm run build:console` puts the page. */
const pageFolder = fileURLToPath(new URL('../../../dashboard/dist-console', import.meta.url));

export const ConsoleFile = z.strictObject({
  schema: z.literal('sidemark.console/1'),
  address: z.url(),
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type ConsoleFile = z.infer<typeof ConsoleFile>;

/** The token stands behind the #: browsers send it to nobody, and the page takes it out of the address. */
export const doorOf = ({ address, token }: ConsoleFile): string => `${address}/#token=${token}`;

export interface OpenConsole {
  readonly address: string;
  close(): Promise<void>;
}

/** @throws DomainError `usage` when the port is taken, `disk-failed` */
export async function openConsole(
  agent: INestApplicationContext,
  port: number,
  feed: ConsoleFeed,
): Promise<OpenConsole> {
  const world = agent.get(AgentWorld);
  const { directory, clock, random, log } = world;
  const pictures = new PictureRoom(directory);
  const [gate, client] = [agent.get(EgressGate), agent.get(CoordinatorClient)];
  const service = new ConsoleService({
    ...{ world, feed, pictures, clock, directory },
    site: agent.get(Site),
    jobs: agent.get(JobsStore),
    models: agent.get(ModelStore),
    policies: agent.get(PolicyStore),
    ledger: agent.get(LedgerStore),
    outbox: agent.get(OutboxStore),
    datasets: new DatasetChecks(world),
    passphrase: new PassphraseGate(directory, clock),
    ...{ asking: { gate, client }, gate, client },
    wake: () => {
      agent.get(JobsService).wake();
      agent.get(OutboxService).wake();
    },
  });
  const token = Buffer.from(random.bytes(32)).toString('base64url');
  const page = await readPage(pageFolder);
  const server = await serveConsole(port, { token, page, routes: consoleRoutes(service), log });
  const file: ConsoleFile = { schema: 'sidemark.console/1', address: server.address, token };
  await writeJson(directory.console, file);
  return {
    address: server.address,
    close: async () => {
      await removeDurably(directory.console);
      await server.close();
      await pictures.close();
    },
  };
}

/** The console that is open for a data directory; undefined: none. */
export function findConsole(path: string): Promise<ConsoleFile | undefined> {
  return readJson(path, ConsoleFile);
}
