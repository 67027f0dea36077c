// One coordinator, one hospital, one protocol, on which jobs are run and killed again and again.
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSite } from '@sidemark/phantom';
import type { Protocol, Run, StoredReport } from '@sidemark/core/contract';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation, type EnrolledSite } from '../../apps/cli/src/demo/federation.ts';
import { demoModels, demoProtocol } from '../../apps/cli/src/demo/models.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import { phantomSite } from '../support/phantom-site.ts';
import type { AgentLine, KillPoint } from './kill-points.ts';

const films = 40;
const patienceMs = 120_000;

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

export class Stage {
  private agent: Member | undefined;

  private constructor(
    private readonly federation: Federation,
    private readonly port: string,
    private readonly site: EnrolledSite,
    private readonly protocol: Protocol,
    private coordinator: Member,
  ) {}

  static async set(): Promise<Stage> {
    const dir = await makeWorkDirectory('kill');
    const federation = new Federation(dir, 1);
    const port = await freePort();
    const coordinator = await openCoordinator(federation, port);
    const study = await federation.createStudy('kill', 'Kill points');
    const folder = join(dir, 'films');
    await writeSite(phantomSite({ name: 'alpha', films }), folder);
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
    const site = await federation.enrol(study, { name: 'alpha', role: 'external', folder, datasetArguments });
    await federation.prepare(study, site);
    const released = await federation.releaseModels(demoModels());
    const protocol = await federation.freeze(study, demoProtocol(released, false));
    return new Stage(federation, port, site, protocol, coordinator);
  }

  /** Runs one job, killing `point.victim` at its step and starting it again. Gives back every stored report. */
  async perform(point?: KillPoint): Promise<{ run: Run; reports: StoredReport[] }> {
    this.startAgent();
    const { connection } = this.federation;
    const started = await this.federation.startRun(this.protocol);
    if (point) await this.strike(point);
    await this.until('the job to be reported', async () => {
      const run = await call(connection, 'showRun', { params: { id: started.id } }).catch(() => undefined);
      return run?.jobs.every((job) => job.state === 'reported') === true;
    });
    await this.until('the receipt at the site', () => this.hasReceipt(started));
    const run = await call(connection, 'showRun', { params: { id: started.id } });
    const { reports } = await call(connection, 'listReports', { params: { id: started.id } });
    await this.stopAgent();
    return { run, reports };
  }

  async auditHolds(): Promise<boolean> {
    return (await call(this.federation.connection, 'verifyAudit')).firstBroken === null;
  }

  async clear(): Promise<void> {
    await this.federation.end();
    await rm(this.federation.dir, { recursive: true, force: true });
  }

  private startAgent(): void {
    this.agent = this.federation.startAgent(this.site, ['--json']);
  }

  private async stopAgent(): Promise<void> {
    this.agent?.child.kill('SIGTERM');
    await this.until('the agent to end', () => Promise.resolve(this.agent?.child.exitCode !== null));
  }

  private async strike({ victim, at }: KillPoint): Promise<void> {
    await this.until('the step', () => Promise.resolve(this.events().some(at)), 5);
    if (victim === 'agent') {
      await kill(this.agent as Member);
      this.startAgent();
    } else if (victim === 'coordinator') {
      await kill(this.coordinator);
      this.coordinator = await openCoordinator(this.federation, this.port);
    } else {
      const pidFile = join(this.federation.dir, 'coordinator/postgres/data/postmaster.pid');
      process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
    }
  }

  private events(): AgentLine[] {
    const lines = this.agent?.lines ?? [];
    return lines.filter((line) => line.startsWith('{"event"')).map((line) => JSON.parse(line) as AgentLine);
  }

  private async hasReceipt(run: Run): Promise<boolean> {
    const files = await readdir(join(this.site.dataDir, 'receipts'));
    return files.some((file) => file.includes(run.jobs[0]?.id ?? 'no job'));
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

async function openCoordinator(federation: Federation, port: string): Promise<Member> {
  await federation.startCoordinator({ SIDEMARK_PORT: port });
  return federation.coordinator;
}

async function kill(member: Member): Promise<void> {
  const dead = new Promise((resolve) => member.child.once('exit', resolve));
  member.child.kill('SIGKILL');
  await dead;
}
