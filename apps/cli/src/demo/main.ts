// `npm run demo`: a federation on this machine, from invitation to pooled report.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Run, Study } from '@sidemark/core/contract';
import { exitCodeOf, makeBars, makeOutput, table, type Output } from '@sidemark/terminal';
import { watchRun } from '../commands/run.ts';
import { call } from '../coordinator.client.ts';
import { analysisView } from '../views/analysis.view.ts';
import { effectView } from './effect.view.ts';
import { Federation, type DemoSite } from './federation.ts';
import { generatedSites } from './generated-sites.ts';
import { demoModels, demoProtocol } from './models.ts';
import { releaseWhatWaits, type StaffedSite } from './people.ts';
import { radiographSites } from './radiograph-sites.ts';
import { verifyEveryReport } from './verify-reports.ts';
import { makeWorkDirectory } from './work-directory.ts';

const help = `npm run demo -- [--once] [--radiographs FOLDER] [--keep]
  --once                end by itself after the pooled result (exit code 0)
  --radiographs FOLDER  real films: every hospital folder with both classes in FOLDER/manifest.csv is a site
  --keep                keep the working folder and print where it is`;

const { values: options } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    radiographs: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function enrolSites(
  federation: Federation,
  study: Study,
  sites: readonly DemoSite[],
  output: Output,
): Promise<StaffedSite[]> {
  output.note(`\nInviting, enrolling and approving ${sites.length} sites; registering their images`);
  const enrolled = await Promise.all(
    sites.map(async (site) => {
      const one = await federation.enrol(study, site);
      await federation.prepare(study, one);
      return one;
    }),
  );
  const rows = enrolled.map((site) => [site.name, site.role, site.words.join(' ')]);
  output.note(table(['site', 'role', 'six words, read over the telephone'], rows));
  return enrolled.map((site) => ({ site, agent: federation.startAgent(site) }));
}

async function runStudy(federation: Federation, sites: readonly DemoSite[], output: Output): Promise<Run> {
  const study = await federation.createStudy('side-markers', 'Do side markers mislead our classifiers?');
  const staff = await enrolSites(federation, study, sites, output);
  const classes = options.radiographs === undefined;
  const shipped = await demoModels(classes);
  output.note(`\nReleasing ${shipped.length} models, freezing and signing the protocol`);
  const models = await federation.releaseModels(shipped);
  const protocol = await federation.freeze(study, demoProtocol(models, classes));
  output.note(`protocol ${protocol.name} v${protocol.version}, digest ${protocol.digest}`);
  const run = await federation.startRun(protocol);
  output.note('\nEvaluating at the sites');
  const done = new AbortController();
  const people = releaseWhatWaits(federation, () => staff, output, done.signal);
  const watched = watchRun(federation.connection, output, run.id, 250).finally(() => done.abort());
  // the people's own failure ends the watch, too
  await Promise.race([people, watched]);
  return watched;
}

async function showResult(federation: Federation, run: Run, output: Output): Promise<void> {
  const analysis = await call(federation.connection, 'analyseRun', { params: { id: run.id } });
  output.note(`\n${analysisView(analysis)}\n\n${effectView(analysis)}`);
  const verified = await verifyEveryReport(federation.connection, run);
  const audit = await call(federation.connection, 'verifyAudit');
  output.note(`\n${verified} reports verified off-line from release key to result digest`);
  output.note(
    `audit chain of ${audit.entries} entries ${audit.firstBroken === null ? 'holds' : 'is BROKEN'}`,
  );
}

async function demonstrate(federation: Federation, output: Output): Promise<Run> {
  output.note(
    options.radiographs === undefined ? 'Drawing films for three hospitals' : 'Reading the manifest',
  );
  const starting = federation.startCoordinator();
  starting.catch(() => undefined);
  const sites = await (options.radiographs === undefined
    ? generatedSites(federation.dir, makeBars(output))
    : radiographSites(options.radiographs));
  output.note('\nStarting PostgreSQL and the coordinator');
  const { url } = await starting;
  output.note(`coordinator: ${url}\nAPI docs: ${url}/docs (user: administrator, password: the token)`);
  const run = await runStudy(federation, sites, output);
  const reported = run.jobs.filter((job) => job.state === 'reported').length;
  await showResult(federation, run, output);
  if (reported < run.jobs.length)
    throw new Error(`${run.jobs.length - reported} of ${run.jobs.length} sites did not report`);
  return run;
}

/** Somebody who can sign in to the dashboard. */
async function openAccount({ connection }: Federation): Promise<{ name: string; password: string }> {
  const [name, password] = ['demo', randomBytes(12).toString('base64url')];
  await call(connection, 'createFirstAccount', { body: { token: connection.token, name, password } });
  return { name, password };
}

function interrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('interrupted'));
  });
}

async function main(output: Output): Promise<void> {
  const dir = await makeWorkDirectory('demo');
  const federation = new Federation(dir, Math.max(1, Math.floor(cpus().length / 2)));
  const stop = interrupted();
  try {
    const done = demonstrate(federation, output);
    done.catch(() => undefined);
    const ending = await Promise.race([done, stop]);
    if (!options.once && ending !== 'interrupted') {
      const { name, password } = await openAccount(federation);
      const { url, token } = federation.connection;
      output.note(
        `\nThe result in a browser: ${url}/#/runs/${ending.id}\nsign in as: ${name}\npassword: ${password}\n` +
          `administrator token of the command line: ${token}\nCtrl-C ends everything.`,
      );
      await stop;
    }
  } finally {
    await federation.end();
    if (options.keep) output.note(`kept: ${dir}`);
    else await rm(dir, { recursive: true, force: true });
  }
}

const output = makeOutput(false);
if (options.help) output.note(help);
else {
  try {
    await main(output);
  } catch (error) {
    output.error(error);
    process.exitCode = exitCodeOf(error);
  }
}
