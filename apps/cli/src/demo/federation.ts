// A whole federation on one machine, made as people would make it: each step is the command a person would type.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kit, ModelVersion, Protocol, Run, Study } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import type { Connection } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { ProcessGroup, type Member } from './process-group.ts';

export interface DemoSite {
  readonly name: string;
  readonly role: 'internal' | 'external';
  readonly folder: string;
  /** arguments of `dataset add` after the folder */
  readonly datasetArguments: readonly string[];
  /** 64 hexadecimal digits, for films of nobody; absent: the site makes one, as it should */
  readonly siteSecret?: string;
}

export interface DemoModel {
  readonly bytes: Uint8Array;
  readonly manifest: { readonly name: string; readonly version: string };
}

export interface EnrolledSite extends DemoSite {
  readonly dataDir: string;
  readonly words: readonly string[];
}

const policy = `schema: sidemark.policy/1
# this hospital lets every signed protocol of its study run without asking; the default would be "hold"
default: auto-approve
floors:
  minPatientsPerClass: 10
`;

export class Federation {
  readonly processes = new ProcessGroup();
  #connection: Connection | undefined;
  #coordinator: Member | undefined;

  constructor(
    readonly dir: string,
    private readonly workersPerSite: number,
  ) {}

  get connection(): Connection {
    if (this.#connection === undefined) throw new Error('the coordinator is not started yet');
    return this.#connection;
  }

  get coordinator(): Member {
    if (this.#coordinator === undefined) throw new Error('the coordinator is not started yet');
    return this.#coordinator;
  }

  async startCoordinator(env: Record<string, string> = {}): Promise<Connection> {
    const tokenFile = join(this.dir, 'administrator.token');
    const member = this.processes.start('coordinator', 'coordinator', [], {
      SIDEMARK_DATA_DIR: join(this.dir, 'coordinator'),
      SIDEMARK_PORT: '0',
      SIDEMARK_ADMIN_TOKEN_FILE: tokenFile,
      ...env,
    });
    this.#coordinator = member;
    const [, url = ''] = await member.waitFor(/^coordinator: (http\S+)/);
    this.#connection = { url: url.replace(/\/$/, ''), token: (await readFile(tokenFile, 'utf8')).trim() };
    return this.#connection;
  }

  createStudy(name: string, title: string): Promise<Study> {
    return call(this.connection, 'createStudy', { body: { name, title } });
  }

  /** Invitation, enrolment at the site, and approval once both sides have read the same six words. */
  async enrol(study: Study, site: DemoSite): Promise<EnrolledSite> {
    const body = { study: study.id, name: site.name, role: site.role, expiresInHours: 1 };
    const kit: Kit = await call(this.connection, 'inviteSite', { body });
    const kitFile = join(this.dir, `${site.name}.kit.json`);
    await writeFile(kitFile, JSON.stringify(kit), { mode: 0o600 });
    const dataDir = join(this.dir, site.name);
    if (site.siteSecret !== undefined) await plantSecret(dataDir, site.siteSecret);
    const printed = await this.processes.run(`enrolment of ${site.name}`, 'site-agent', [
      'agent',
      'enrol',
      kitFile,
      '--data',
      dataDir,
      '--json',
    ]);
    const { words } = JSON.parse(printed) as { words: string[] };
    await call(this.connection, 'approveSite', { params: { id: kit.site }, body: { words } });
    return { ...site, dataDir, words };
  }

  /** Registers the site's images and writes its policy. */
  async prepare(study: Study, site: EnrolledSite): Promise<void> {
    const args = [
      'dataset',
      'add',
      site.folder,
      '--study',
      study.id,
      '--data',
      site.dataDir,
      '--json',
      ...site.datasetArguments,
    ];
    await this.processes.run(`dataset of ${site.name}`, 'site-agent', args);
    await mkdir(site.dataDir, { recursive: true });
    await writeFile(join(site.dataDir, 'policy.yaml'), policy, { mode: 0o600 });
  }

  startAgent(site: EnrolledSite, more: readonly string[] = []): Member {
    const env = { SIDEMARK_WORKERS: String(this.workersPerSite) };
    return this.processes.start(
      site.name,
      'site-agent',
      ['agent', 'run', '--data', site.dataDir, ...more],
      env,
    );
  }

  async releaseModels(models: readonly DemoModel[]): Promise<ModelVersion[]> {
    const released: ModelVersion[] = [];
    for (const { bytes, manifest } of models) {
      await call(this.connection, 'uploadBlob', { params: { sha256: sha256(bytes) }, bytes });
      const registered = await call(this.connection, 'registerModel', { body: { manifest } });
      released.push(await call(this.connection, 'releaseModel', { params: { sha256: registered.sha256 } }));
    }
    return released;
  }

  async freeze(study: Study, draft: unknown): Promise<Protocol> {
    const drafted = await call(this.connection, 'draftProtocol', { params: { id: study.id }, body: draft });
    return call(this.connection, 'freezeProtocol', { params: { id: drafted.id } });
  }

  startRun(protocol: Protocol): Promise<Run> {
    return call(this.connection, 'startRun', { body: { protocol: protocol.id } });
  }

  end(): Promise<void> {
    return this.processes.end();
  }
}

/** Where the agent looks for one before it makes its own. */
async function plantSecret(dataDir: string, secret: string): Promise<void> {
  await mkdir(join(dataDir, 'identity'), { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, 'identity', 'site-secret'), `${secret}\n`, { mode: 0o600 });
}
