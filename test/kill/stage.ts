// One coordinator, one hospital, the network between them and one protocol, on which jobs are run and struck again and
// again.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { writeSite } from '@sidemark/phantom';
import type { Protocol, Run, StoredReport } from '@sidemark/core/contract';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation, type EnrolledSite } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import { freePort } from '../support/free-port.ts';
import { Network } from '../support/network.ts';
import { phantomSite } from '../support/phantom-site.ts';
import type { AgentLine, KillPoint, Moment } from './kill-points.ts';

const films = 40;
const patienceMs = 240_000;
const haltAt = pathToFileURL(join(import.meta.dirname, 'halt-at.mjs')).href;

/** Settings of a process that stops at a step of halt-at.mjs. */
function halting(at: Moment | undefined, inside: 'agent' | 'coordinator'): Record<string, string> {
  if (at === undefined || !('halt' in at) || at.inside !== inside) return { NODE_OPTIONS: '' };
  return { NODE_OPTIONS: `--import=${haltAt}`, SIDEMARK_HALT_AT: at.halt };
}

export class Stage {
  private agent: Member | undefined;

  private constructor(
    private readonly federation: Federation,
    private readonly port: number,
    private readonly network: Network,
    private readonly site: EnrolledSite,
    private readonly protocol: Protocol,
  ) {}

  static async set(): Promise<Stage> {
    const dir = await makeWorkDirectory('kill');
    const federation = new Federation(dir, 1);
    const port = await freePort();
    const network = await Network.to(port);
    await openCoordinator(federation, port, network);
    const study = await federation.createStudy('kill', 'Kill points');
    const folder = join(dir, 'films');
    await writeSite(phantomSite({ name: 'alpha', films }), folder);
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
    const site = await federation.enrol(study, { name: 'alpha', role: 'external', folder, datasetArguments });
    await federation.prepare(study, site);
    const released = await federation.releaseModels(analyticModels());
    const protocol = await federation.freeze(study, analyticProtocol(released, false));
    return new Stage(federation, port, network, site, protocol);
  }

  /** Runs one job, striking at `point`. Gives back every stored report, and what it took from the stroke on. */
  async perform(point?: KillPoint): Promise<{ run: Run; reports: StoredReport[]; seconds: number }> {
    const reached = await this.prepare(point?.at);
    this.startAgent(point?.at);
    const { connection } = this.federation;
    const started = await this.federation.startRun(this.protocol);
    await reached();
    const since = Date.now();
    if (point) await this.strike(point);
    await this.until('the job to be reported', async () => {
      const run = await call(connection, 'showRun', { params: { id: started.id } }).catch(() => undefined);
      return run?.jobs.every((job) => job.state === 'reported') === true;
    });
    await this.until('the receipt at the site', () => this.hasReceipt(started));
    const seconds = (Date.now() - since) / 1000;
    const run = await call(connection, 'showRun', { params: { id: started.id } });
    const { reports } = await call(connection, 'listReports', { params: { id: started.id } });
    await this.stopAgent();
    return { run, reports, seconds };
  }

  async auditHolds(): Promise<boolean> {
    return (await call(this.federation.connection, 'verifyAudit')).firstBroken === null;
  }

  async clear(): Promise<void> {
    await this.federation.end();
    await this.network.close();
    await rm(this.federation.dir, { recursive: true, force: true });
  }

  /** Lays the trap before the job starts. @returns resolves when the step is reached */
  private async prepare(at: Moment | undefined): Promise<() => Promise<void>> {
    if (at === undefined) return () => Promise.resolve();
    if ('seen' in at) return () => this.until('the step', () => this.hasTold(at.seen), 5);
    if ('wire' in at) {
      if (at.fresh === true) await this.forgetModels();
      const happened = this.network.accident(at.wire);
      return () => happened;
    }
    if (at.inside === 'coordinator') {
      await kill(this.federation.coordinator, 'SIGTERM');
      await openCoordinator(this.federation, this.port, this.network, at);
    }
    return () => this.until('the step', () => this.hasTold(({ event }) => event === 'halted'), 5);
  }

  private async strike({ victim, at, cut, signal }: KillPoint): Promise<void> {
    switch (victim) {
      case 'agent':
        await kill(this.agent as Member);
        this.startAgent();
        break;
      case 'coordinator':
        await kill(this.federation.coordinator);
        this.network.reset();
        await openCoordinator(this.federation, this.port, this.network);
        break;
      case 'PostgreSQL': {
        const pidFile = join(this.federation.dir, 'coordinator/postgres/data/postmaster.pid');
        process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), signal ?? 'SIGKILL');
        break;
      }
      case 'network':
        if (cut === undefined) {
          if (!('wire' in at)) this.network.reset();
          break;
        }
        this.network.hold(cut.direction);
        await sleep(cut.seconds * 1000);
        this.network.heal(cut);
    }
  }

  private startAgent(at?: Moment): void {
    const args = ['agent', 'run', '--data', this.site.dataDir, '--json'];
    const env = { SIDEMARK_WORKERS: '1', ...halting(at, 'agent') };
    this.agent = this.federation.processes.start(this.site.name, 'site-agent', args, env);
  }

  private async stopAgent(): Promise<void> {
    this.agent?.child.kill('SIGTERM');
    await this.until('the agent to end', () => Promise.resolve(hasEnded(this.agent as Member)));
  }

  private async forgetModels(): Promise<void> {
    const folder = join(this.site.dataDir, 'models');
    for (const name of await readdir(folder)) await rm(join(folder, name));
  }

  private hasTold(what: (line: AgentLine) => boolean): Promise<boolean> {
    const lines = [...(this.agent?.lines ?? []), ...this.federation.coordinator.lines];
    const told = lines.filter((line) => line.startsWith('{"event"'));
    return Promise.resolve(told.map((line) => JSON.parse(line) as AgentLine).some(what));
  }

  private async hasReceipt(run: Run): Promise<boolean> {
    const files = await readdir(join(this.site.dataDir, 'receipts'));
    return files.some((file) => file.endsWith('.json') && file.includes(run.jobs[0]?.id ?? 'no job'));
  }

  private async until(what: string, holds: () => Promise<boolean>, everyMs = 100): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!(await holds().catch(() => false))) {
      if (Date.now() > deadline)
        throw new Error(`waited in vain for ${what}:\n${this.agent?.lines.slice(-5).join('\n')}`);
      await sleep(everyMs);
    }
  }
}

async function openCoordinator(
  federation: Federation,
  port: number,
  network: Network,
  at?: Moment,
): Promise<void> {
  const address = { SIDEMARK_PORT: String(port), SIDEMARK_PUBLIC_URL: network.url };
  await federation.startCoordinator({ ...address, ...halting(at, 'coordinator') });
}

/** Also one that was told to stop before it could listen. */
const hasEnded = ({ child }: Member): boolean => child.exitCode !== null || child.signalCode !== null;

async function kill(member: Member, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const dead = new Promise((resolve) => member.child.once('exit', resolve));
  member.child.kill(signal);
  await dead;
}
