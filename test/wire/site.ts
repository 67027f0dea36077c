// One real hospital whose every byte to the coordinator goes through a recording network, from enrolment on.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSite } from '@sidemark/phantom';
import type { Kit, Protocol, Run } from '@sidemark/core/contract';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation, type EnrolledSite } from '../../apps/cli/src/demo/federation.ts';
import { demoModels, demoProtocol } from '../../apps/cli/src/demo/models.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import type { LedgerContent } from '../../apps/site-agent/src/egress/ledger-entry.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { dataLayout } from '../../apps/site-agent/src/platform/disk/data-directory.ts';
import { freePort } from '../support/free-port.ts';
import { Network, type Recorded } from '../support/network.ts';
import { account, type Accounts } from './accounts.ts';
import { messagesOf } from './messages.ts';

const patienceMs = 120_000;
const films = 40;
const plant = join(import.meta.dirname, 'past-the-gate.mjs');

export class RecordedSite {
  private agent: Member | undefined;

  private constructor(
    readonly federation: Federation,
    readonly network: Network,
    readonly site: EnrolledSite,
    private readonly protocol: Protocol,
    private readonly token: string,
  ) {}

  /** Enrolled and approved, its dataset registered, every job held for a person. */
  static async open(): Promise<RecordedSite> {
    const dir = await makeWorkDirectory('wire');
    const federation = new Federation(dir, 1);
    const port = await freePort();
    const network = await Network.to(port);
    await federation.startCoordinator({ SIDEMARK_PORT: String(port), SIDEMARK_PUBLIC_URL: network.url });
    const study = await federation.createStudy('wire', 'What is on the wire');
    const folder = join(dir, 'films');
    await writeSite({ ...hospital, n: films }, folder);
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
    const site = await federation.enrol(study, { name: 'alpha', role: 'external', folder, datasetArguments });
    await federation.prepare(study, site);
    await writeFile(join(site.dataDir, 'policy.yaml'), 'schema: sidemark.policy/1\ndefault: hold\n');
    const protocol = await federation.freeze(
      study,
      demoProtocol(await federation.releaseModels(demoModels()), false),
    );
    const kit = JSON.parse(await readFile(join(dir, 'alpha.kit.json'), 'utf8')) as Kit;
    return new RecordedSite(federation, network, site, protocol, kit.token);
  }

  /** One job from offer to receipt, approved by a person. @param meanwhile awaited before the agent is stopped */
  async job(meanwhile: () => Promise<void> = () => Promise.resolve(), isPlanted = false): Promise<void> {
    this.startAgent(isPlanted);
    const run = await this.federation.startRun(this.protocol);
    await this.until('the job to be held', () => this.says(`"state":"held"`));
    await this.sidemark(['agent', 'approve', run.jobs[0]?.id ?? '']);
    await this.until('the receipt', () => this.says('"event":"receipt"'));
    await this.until('the report', async () => (await this.look(run)).jobs[0]?.state === 'reported');
    await meanwhile();
    await this.stopAgent();
  }

  /** Waits until the coordinator has said this on the wire. */
  async seen(text: string): Promise<void> {
    await this.until(text, () => Promise.resolve(this.heard(text)));
  }

  async ledger(): Promise<LedgerContent[]> {
    const entries = await new LedgerStore(dataLayout(this.site.dataDir).ledger).entries();
    return entries.map(({ content }) => content);
  }

  /** What `connections` carried, held against the whole ledger. */
  async account(connections: readonly Recorded[] = this.network.recorded): Promise<Accounts> {
    const given = Buffer.concat(this.network.recorded.flatMap(({ down }) => down)).toString('latin1');
    const known = {
      host: new URL(this.network.url).host,
      wasGiven: (secret: string) => given.includes(secret),
    };
    return account(messagesOf(connections, known), await this.ledger(), this.token);
  }

  /** A command at the site, as a person types it. @throws Error with what it printed when it fails */
  sidemark(args: readonly string[], data = this.site.dataDir): Promise<string> {
    return this.federation.processes.run(args.join(' '), 'site-agent', [...args, '--data', data, '--json']);
  }

  /** The session that the coordinator gave last. */
  get session(): string {
    const given = this.network.recorded.flatMap(({ down }) => down.map((bytes) => bytes.toString('latin1')));
    return [...given.join('').matchAll(/"session":"([\w-]{43})"/g)].at(-1)?.[1] ?? '';
  }

  async close(): Promise<void> {
    await this.federation.end();
    await this.network.close();
    await rm(this.federation.dir, { recursive: true, force: true });
  }

  private startAgent(isPlanted: boolean): void {
    const args = ['agent', 'run', '--data', this.site.dataDir, '--json'];
    const planted = isPlanted
      ? { NODE_OPTIONS: `--import=${pathToFileURL(plant).href}` }
      : { NODE_OPTIONS: '' };
    this.agent = this.federation.processes.start('alpha', 'site-agent', args, {
      SIDEMARK_WORKERS: '1',
      ...planted,
    });
  }

  private async stopAgent(): Promise<void> {
    this.agent?.child.kill('SIGTERM');
    await this.until('the agent to end', () => Promise.resolve(this.agent?.child.exitCode !== null));
  }

  private look(run: Run): Promise<Run> {
    return call(this.federation.connection, 'showRun', { params: { id: run.id } });
  }

  private says(text: string): Promise<boolean> {
    return Promise.resolve(this.agent?.lines.some((line) => line.includes(text)) === true);
  }

  private heard(text: string): boolean {
    return this.network.recorded.some(({ down }) => Buffer.concat(down).toString('latin1').includes(text));
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + patienceMs; !(await holds().catch(() => false));) {
      if (Date.now() > deadline)
        throw new Error(`waited in vain for ${what}:\n${this.agent?.lines.slice(-8).join('\n')}`);
      await sleep(50);
    }
  }
}

const hospital = {
  name: 'alpha',
  seed: 'wire',
  filmSize: 256,
  prevalence: { opacity: 0.5, effusion: 0 },
  markerProbabilityGivenLabel: [0.4, 0.8, 0.8],
  corner: 'top-left',
  marker: { size: 0.09, brightness: 1, frame: false },
  strength: 0.5,
  gamma: 1,
  noise: 0.01,
  format: 'png8',
  patientsWithSeveralImages: 0,
} as const;
