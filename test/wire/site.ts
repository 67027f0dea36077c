// One real hospital whose every byte to the coordinator goes through a recording network, from enrolment on.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSite } from '@sidemark/phantom';
import type { Kit, Protocol, Run } from '@sidemark/core/contract';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation, type EnrolledSite } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import type { LedgerContent } from '../../apps/site-agent/src/egress/ledger-entry.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { dataLayout } from '../../apps/site-agent/src/platform/disk/data-directory.ts';
import { freePort } from '../support/free-port.ts';
import { Network, type Recorded } from '../support/network.ts';
import { qualifiedDraft } from '../support/qualified-draft.ts';
import { phantomSite } from '../support/phantom-site.ts';
import { account, type Accounts } from './accounts.ts';
import { messagesOf } from './messages.ts';

const patienceMs = 120_000;
const films = 40;

/** How an agent is started, where it is not as people do. */
export interface AgentOptions {
  /** a module that is loaded before it */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** absent: the data directory that was enrolled */
  readonly data?: string;
}

const preloading = (module: string | undefined): string =>
  module === undefined ? '' : `--import=${pathToFileURL(module).href}`;

const says = (agent: Member, text: string): boolean => agent.lines.some((line) => line.includes(text));

export class RecordedSite {
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
    await writeSite(phantomSite({ name: 'alpha', films, film: { side: 256, format: 'png8' } }), folder);
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
    const site = await federation.enrol(study, { name: 'alpha', role: 'external', folder, datasetArguments });
    await federation.prepare(study, site);
    await writeFile(join(site.dataDir, 'policy.yaml'), 'schema: sidemark.policy/1\ndefault: hold\n');
    const models = analyticModels();
    const released = await federation.releaseModels(models);
    const draft = await qualifiedDraft(federation, study, analyticProtocol(released, false), {
      ...{ models, released },
    });
    const protocol = await federation.freeze(study, draft);
    const kit = JSON.parse(await readFile(join(dir, 'alpha.kit.json'), 'utf8')) as Kit;
    return new RecordedSite(federation, network, site, protocol, kit.token);
  }

  /** One job from offer to receipt, approved by a person. @param meanwhile awaited before the agent is stopped */
  async job(how: AgentOptions & { readonly meanwhile?: () => Promise<void> } = {}): Promise<void> {
    const agent = this.startAgent(how);
    const run = await this.offer(agent, how.data);
    await this.until('the receipt', agent, () => says(agent, '"event":"receipt"'));
    await this.until('the report', agent, async () => (await this.look(run)).jobs[0]?.state === 'reported');
    await how.meanwhile?.();
    await this.stopAgent(agent);
  }

  /** Starts a run and approves its job at the site, as a person would. */
  async offer(agent: Member, data?: string): Promise<Run> {
    const run = await this.federation.startRun(this.protocol);
    const job = run.jobs[0]?.id ?? '';
    await this.until('the job to be held', agent, () =>
      agent.lines.some((line) => line.includes(job) && line.includes('"state":"held"')),
    );
    await this.sidemark(['agent', 'approve', job], data);
    return run;
  }

  startAgent({ preload, env = {}, data = this.site.dataDir }: AgentOptions = {}): Member {
    const args = ['agent', 'run', '--data', data, '--json'];
    const settings = { SIDEMARK_WORKERS: '1', NODE_OPTIONS: preloading(preload), ...env };
    return this.federation.processes.start('alpha', 'site-agent', args, settings);
  }

  async stopAgent(agent: Member): Promise<void> {
    agent.child.kill('SIGTERM');
    await this.until(
      'the agent to end',
      agent,
      () => agent.child.exitCode !== null || agent.child.signalCode !== null,
    );
  }

  /** Waits for an event that an agent tells. */
  async told(agent: Member, text: string): Promise<void> {
    await this.until(text, agent, () => says(agent, text));
  }

  /** Waits until the coordinator has said this on the wire. */
  async seen(text: string): Promise<void> {
    await this.until(text, undefined, () => this.heard(text));
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
  sidemark(
    args: readonly string[],
    data = this.site.dataDir,
    { preload, env = {} }: AgentOptions = {},
  ): Promise<string> {
    const settings = { NODE_OPTIONS: preloading(preload), ...env };
    return this.federation.processes.run(
      args.join(' '),
      'site-agent',
      [...args, '--data', data, '--json'],
      settings,
    );
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

  private look(run: Run): Promise<Run> {
    return call(this.federation.connection, 'showRun', { params: { id: run.id } });
  }

  private heard(text: string): boolean {
    return this.network.recorded.some(({ down }) => Buffer.concat(down).toString('latin1').includes(text));
  }

  private async until(
    what: string,
    agent: Member | undefined,
    holds: () => boolean | Promise<boolean>,
  ): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!(await Promise.resolve(holds()).catch(() => false))) {
      if (Date.now() > deadline)
        throw new Error(`waited in vain for ${what}:\n${agent?.lines.slice(-8).join('\n') ?? ''}`);
      await sleep(50);
    }
  }
}
