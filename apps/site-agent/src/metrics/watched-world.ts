// A running agent whose monitoring listens: to what it tells its people, and to each film.
import { JobsStore } from '../jobs/jobs.store.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import type { AgentWorld } from '../platform/agent-world.ts';
import { agentVersion } from '../platform/versions.ts';
import { AgentMetrics } from './agent-metrics.ts';
import { openMetrics } from './metrics.server.ts';

/** The world with the listener in it; `close` shuts the port. Without a port it is the world itself. */
export async function watchedWorld(
  world: AgentWorld,
): Promise<{ world: AgentWorld; close: () => Promise<void> }> {
  const { config, directory, narrator, log } = world;
  if (config.metricsPort === undefined) return { world, close: () => Promise.resolve() };
  const [jobs, outbox] = [new JobsStore(directory), new OutboxStore(directory)];
  const state = {
    jobStates: async () => (await jobs.all()).map(({ state }) => state),
    outboxPending: async () => (await outbox.pending()).length,
    dataDirectory: directory.root,
  };
  const metrics = new AgentMetrics(state, agentVersion);
  const server = await openMetrics(metrics, config.metricsPort);
  log.info('metrics are served', { port: server.port });
  const watched: AgentWorld = {
    ...world,
    narrator: {
      tell: (event) => {
        metrics.hear(event);
        narrator.tell(event);
      },
    },
    onFilm: (outcome, took) => metrics.film(outcome, took),
  };
  return { world: watched, close: () => server.close() };
}
