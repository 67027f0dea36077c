// One study through a federation: its sites enrolled, each recipe qualified, frozen, run, and exported as a bundle. What
// is known of the experiment afterwards is in these bundles.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol, Study } from '@sidemark/core/contract';
import { keyIdOf } from '@sidemark/core/signing';
import type { Output } from '@sidemark/terminal';
import { watchRun } from '../commands/run.ts';
import { call } from '../coordinator.client.ts';
import type { DemoSite, Federation } from '../demo/federation.ts';
import { releaseWhatWaits, type StaffedSite } from '../demo/people.ts';
import { bundleText } from '../evidence/place.ts';
import { verifyBundle } from '../evidence/verify-bundle.ts';
import type { DrawnFilm } from '../pack/draw-films.ts';
import { makePack } from '../pack/make-pack.ts';
import type { Recipe } from './recipes.ts';

/** As low as a site may set its floor, and more reports than its budget would allow: nobody is on these films. */
const policy = `schema: sidemark.policy/1
default: auto-approve
floors:
  minPatientsPerClass: 5
budget:
  reportsPerDataset: 1000
`;

export interface Phantoms {
  readonly drawn: readonly DrawnFilm[];
  /** of each pack */
  readonly films: number;
}

export class Experiment {
  readonly #uploaded = new Set<string>();
  #study: Study | undefined;
  /** lets waiting reports go, until the study is closed; ends before only by failing */
  #people: Promise<void> = Promise.resolve();
  #closing = new AbortController();

  constructor(
    private readonly federation: Federation,
    private readonly output: Output,
    /** where the bundles go */
    private readonly bundles: string,
  ) {}

  /** Invites, enrols and approves the sites, registers their films, and starts their agents. */
  async open(name: string, title: string, sites: readonly DemoSite[]): Promise<void> {
    const { federation } = this;
    const study = await federation.createStudy(name, title);
    const staff: StaffedSite[] = [];
    for (const site of sites) {
      const enrolled = await federation.enrol(study, site);
      await federation.prepare(study, enrolled);
      await writeFile(join(enrolled.dataDir, 'policy.yaml'), policy, { mode: 0o600 });
      staff.push({ site: enrolled, agent: federation.startAgent(enrolled) });
      this.output.note(`${site.name} (${site.role}): enrolled, films registered`);
    }
    this.close();
    this.#study = study;
    this.#closing = new AbortController();
    this.#people = releaseWhatWaits(federation, () => staff, briefly(this.output), this.#closing.signal);
    this.#people.catch(() => undefined);
  }

  close(): void {
    this.#closing.abort();
  }

  /** @param phantoms to qualify the sites by; absent: they count without */
  async run({ draft, models }: Recipe, phantoms?: Phantoms): Promise<void> {
    const { federation, output } = this;
    const study = this.#study!;
    const fresh = models.filter(({ manifest }) => !this.#uploaded.has(manifest.sha256));
    await federation.releaseModels(fresh);
    fresh.forEach(({ manifest }) => this.#uploaded.add(manifest.sha256));
    const qualification = phantoms && (await this.#qualification(study, draft, models, phantoms));
    const protocol = await federation.freeze(study, {
      ...draft,
      ...(qualification === undefined ? {} : { qualification }),
    });
    output.note(`\n${protocol.name}: ${draft.classifiers.length} classifiers, protocol ${protocol.digest}`);
    await this.#evaluate(protocol, protocol.name);
  }

  async #qualification(
    study: Study,
    draft: Recipe['draft'],
    models: Recipe['models'],
    { drawn, films }: Phantoms,
  ): Promise<string> {
    const { connection, dir } = this.federation;
    const drafted = await call(connection, 'draftProtocol', { params: { id: study.id }, body: draft });
    const scratch = join(dir, 'packs', drafted.id);
    await mkdir(scratch, { recursive: true });
    // a pack is known by its bytes and has one set of answers: films of this recipe bear its name
    const own = drawn.map((film) => ({ ...film, name: `${draft.name}-${film.name}` }));
    const { bytes, reference } = await makePack(drafted.document, models, own, films, scratch);
    await call(connection, 'uploadBlob', { params: { sha256: reference.pack }, bytes });
    await call(connection, 'registerPack', { body: reference });
    return reference.pack;
  }

  /** @param name of the bundle */
  async #evaluate(protocol: Protocol, name: string): Promise<void> {
    const { federation, output } = this;
    const run = await federation.startRun(protocol);
    const watched = watchRun(federation.connection, output, run.id, 250);
    await Promise.race([this.#people, watched]);
    const ended = await watched;
    const late = ended.jobs.filter(({ state }) => state !== 'reported');
    if (late.length > 0)
      throw new Error(
        `${name}: no report from ${late.map(({ siteName, state, code }) => `${siteName} (${state}, ${code})`).join(', ')}`,
      );
    await this.#export(run.id, name);
  }

  /** Written, and verified from the release key to the pooled numbers as anybody can with `sidemark bundle verify`. */
  async #export(run: string, name: string): Promise<void> {
    const bundle = await call(this.federation.connection, 'exportBundle', { params: { id: run } });
    const fingerprint = keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64'));
    const { reports, numbers } = verifyBundle(JSON.parse(bundleText(bundle)), fingerprint);
    await writeFile(join(this.bundles, `${name}.bundle.json`), bundleText(bundle));
    this.output.note(`${name}: ${reports.length} signed reports, ${numbers.length} pooled numbers verified`);
  }
}

/** Why a report waits can be told of every pair of forty cells. */
function briefly(output: Output): Pick<Output, 'note'> {
  const first = (line: string): string => (line.length > 160 ? `${line.slice(0, 160)}…` : line);
  return { note: (text) => output.note(text.split('\n').map(first).join('\n')) };
}
