// The three hospitals of the story and what their IT does there: films, enrolment, policy, agent. Two let every signed protocol run; at the
// third a person approves each job and looks at each report, in the site console.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSite } from '@sidemark/phantom';
import { call } from '../../../apps/cli/src/coordinator.client.ts';
import type { EnrolledSite } from '../../../apps/cli/src/demo/federation.ts';
import { releaseWhatWaits } from '../../../apps/cli/src/demo/people.ts';
import { phantomSite } from '../phantom-site.ts';
import type { Stage } from './stage.ts';

export const hospitals = [
  { name: 'harbour', role: 'internal' },
  { name: 'hillside', role: 'external' },
  { name: 'riverside', role: 'external' },
] as const;
export const careful = 'riverside';
export const passphrase = 'seven lamps along the river';
/** at each hospital, one of a patient; at least 15 of each class, where the floors ask for 10 */
export const films = 36;

const filmsOf = (dir: string, name: string): string => join(dir, 'films', name);
const dataOf = (dir: string, name: string): string => join(dir, name);
export const kitOf = (dir: string, name: string): string => join(dir, `${name}.kit.json`);

const carefulPolicy = `schema: sidemark.policy/1
default: hold
reports: hold
`;

export async function drawFilms(dir: string): Promise<void> {
  for (const { name } of hospitals) {
    const profile = phantomSite({
      ...{ name, films, film: { side: 128, format: 'png8' } },
      ...{ prevalence: { opacity: 0.5 }, patients: { severalFilms: 0, trained: 0 } },
    });
    await writeSite(profile, filmsOf(dir, name));
  }
}

/** @returns the six words that its IT reads to the trial office */
export async function enrolAt({ dir, federation }: Stage, name: string): Promise<string[]> {
  const args = ['agent', 'enrol', kitOf(dir, name), '--data', dataOf(dir, name), '--json'];
  const printed = await federation.processes.run(
    `enrolment of ${name}`,
    'site-agent',
    name === careful ? [...args, '--passphrase'] : args,
    await passphraseFile(dir, name),
  );
  return (JSON.parse(printed) as { words: string[] }).words;
}

/** Films are registered, a policy written and the agents started; two of the three then go their way without a person. */
export async function openHospitals(stage: Stage): Promise<void> {
  const { dir, federation, agents, evening } = stage;
  const [study] = await call(federation.connection, 'listStudies');
  const opened = hospitals.map(async ({ name, role }) => {
    const [folder, dataDir] = [filmsOf(dir, name), dataOf(dir, name)];
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity'];
    const site: EnrolledSite = { name, role, folder, datasetArguments, dataDir, words: [] };
    await federation.prepare(study!, site);
    if (name === careful) await writeFile(join(dataDir, 'policy.yaml'), carefulPolicy, { mode: 0o600 });
    const args = ['agent', 'run', '--data', dataDir, ...(name === careful ? ['--console', '0'] : [])];
    const env = { SIDEMARK_WORKERS: '1', ...(await passphraseFile(dir, name)) };
    const agent = federation.processes.start(name, 'site-agent', args, env);
    agents.set(name, agent);
    return { site, agent };
  });
  const staff = (await Promise.all(opened)).filter(({ site }) => site.name !== careful);
  await releaseWhatWaits(federation, () => staff, { note: () => undefined }, evening.signal);
}

/** The address of the site console, as whoever sits at the agent's machine learns it. */
export async function consoleAddress({ dir, federation }: Stage): Promise<string> {
  const args = ['agent', 'console', '--data', dataOf(dir, careful), '--json'];
  const printed = await federation.processes.run(`console of ${careful}`, 'site-agent', args);
  return (JSON.parse(printed) as { address: string }).address;
}

async function passphraseFile(dir: string, name: string): Promise<Record<string, string>> {
  if (name !== careful) return {};
  const file = join(dir, 'passphrase');
  await writeFile(file, `${passphrase}\n`, { mode: 0o600 });
  return { SIDEMARK_PASSPHRASE_FILE: file };
}
