// `sidemark agent ...`: enrol, run, and the decisions of a person.
import { NestFactory } from '@nestjs/core';
import { DomainError } from '@sidemark/core/errors';
import { action, addVerb, table, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { AppModule } from '../app.module.ts';
import { ConsoleFeed } from '../console/console-feed.ts';
import { doorOf, findConsole, openConsole } from '../console/open-console.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { enrol, type EnrolWorld } from '../enrolment/enrol.ts';
import { enrolInFile } from '../enrolment/enrol-carried.ts';
import { readKit } from '../enrolment/kit.reader.ts';
import { findKeyFace, sweepDrafts } from '../identity/key.store.ts';
import { newPassphrase, passphraseSource } from '../identity/passphrase.ts';
import { registerHeatMapsCommand } from '../heat-maps/heat-maps.command.ts';
import { decideJob } from '../jobs/decide-job.ts';
import type { PersonVerb } from '../jobs/job-record.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { openOutbound } from '../link/outbound.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { isLocked, takeLock } from '../platform/disk/agent-lock.ts';
import type { AgentWorld } from '../platform/agent-world.ts';
import { journalledOutcomes } from '../pipeline/journal.ts';
import { watchedWorld } from '../metrics/watched-world.ts';
import { instant, systemClock } from '../platform/clock.ts';
import { stderrLog } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { describeAgent, statusText } from './agent-status.ts';
import { makeNarrator } from './agent-narrator.ts';
import { openData, withData, type DataOption } from './data-option.ts';
import { runOffline, withOfflineAgent } from './offline-agent.ts';
import { resultText } from './result-text.ts';
import { runAgent } from './run-agent.ts';
import { siteCensus, censusText } from './site-census.ts';

export function registerAgentCommands(program: Command): void {
  const agent = program.command('agent').description('The site agent: enrol, run, and decide on jobs');
  const allowHttp = (verb: Command): Command =>
    verb.option('--allow-http', 'plain HTTP beyond this machine, on purpose');
  const verb = (signature: string, description: string, example: string): Command =>
    withData(addVerb(agent, signature, description, example));

  allowHttp(
    verb(
      'enrol <kit>',
      'Make the site key and ask the trial office for approval',
      'sidemark agent enrol kit-north.json --passphrase',
    ),
  )
    .option('--passphrase', 'lock the site key with a passphrase (asked, or SIDEMARK_PASSPHRASE_FILE)')
    .option(
      '--out <file>',
      'no link: write the signed enrolment to a file that people carry to the trial office',
    )
    .action(action((output, kit: string, options: EnrolOptions) => enrolSite(output, kit, options)));
  allowHttp(
    verb('run', 'Connect and work until stopped', 'sidemark agent run')
      .option('--offline', 'no link: work on the jobs that are here, then end')
      .option(
        '--console [port]',
        `also serve the site console on this machine (SIDEMARK_CONSOLE_PORT; ${defaultConsolePort})`,
      ),
  ).action(
    action((output, options: RunOptions) =>
      options.offline === true ? runWithoutLink(output, options) : run(output, options),
    ),
  );
  verb('status', 'Enrolment, policy, jobs and outbox of this site', 'sidemark agent status').action(
    action((output, options: DataOption) => status(output, options)),
  );
  verb(
    'console',
    'The address of the running agent’s console, with its token: keep it to yourself',
    'sidemark agent console',
  ).action(action((output, options: DataOption) => showConsole(output, options)));
  verb('jobs', 'Jobs of this site and what became of them', 'sidemark agent jobs').action(
    action((output, options: DataOption) => listJobs(output, options)),
  );
  verb(
    'census <job>',
    'What the side markers of a job’s films are like: for this site, nothing is withheld',
    'sidemark agent census 0b9f4a52-…',
  ).action(action((output, job: string, options: DataOption) => showCensus(output, job, options)));
  registerHeatMapsCommand(agent);
  verb('approve <job>', 'Let a held job run', 'sidemark agent approve 0b9f4a52-…').action(
    action((output, job: string, options: DataOption) => decide(output, job, 'approve', options)),
  );
  verb(
    'release <job>',
    'Let a report go that the gate held for a person',
    'sidemark agent release 0b9f4a52-…',
  ).action(action((output, job: string, options: DataOption) => decide(output, job, 'release', options)));
  verb('decline <job>', 'Refuse a held job or report', 'sidemark agent decline 0b9f4a52-…').action(
    action((output, job: string, options: DataOption) => decide(output, job, 'decline', options)),
  );
  verb(
    'hold <job>',
    'See the report of a job before it leaves: it waits for `release`',
    'sidemark agent hold 0b9f4a52-…',
  ).action(action((output, job: string, options: DataOption) => decide(output, job, 'hold', options)));
  verb(
    'withdraw <job>',
    'Stop a job that was approved; a report of it that has not left never does',
    'sidemark agent withdraw 0b9f4a52-…',
  ).action(action((output, job: string, options: DataOption) => decide(output, job, 'withdraw', options)));
  verb(
    'result <job>',
    'The figures of this site’s report, whether it left or waits',
    'sidemark agent result 0b9f4a52-…',
  ).action(action((output, job: string, options: DataOption) => showResult(output, job, options)));
}

const defaultConsolePort = 7131;

interface EnrolOptions extends DataOption {
  readonly passphrase?: boolean;
  readonly out?: string;
}

interface RunOptions extends DataOption {
  readonly offline?: boolean;
  readonly console?: string | true;
}

/** A key that an earlier attempt has made stays as it is; a new one is locked where the site wants that. */
async function lockOf(
  directory: DataDirectory,
  file: string | undefined,
  wanted: boolean,
): Promise<Pick<EnrolWorld, 'passphrase' | 'lockWith'>> {
  const isNew = (await findKeyFace(directory.siteKey)) === undefined;
  if (!isNew || !(wanted || file !== undefined)) return { passphrase: passphraseSource(file) };
  const lockWith = await newPassphrase(file);
  return { passphrase: () => Promise.resolve(lockWith), lockWith };
}

async function enrolSite(output: Output, kitPath: string, options: EnrolOptions): Promise<void> {
  const { config, directory } = await openData(options);
  const kit = await readKit(kitPath, systemClock.now());
  const outbound = await openOutbound(config.network, kit.coordinator);
  const lock = await takeLock(directory.lock);
  const [ledger, policies] = [new LedgerStore(directory.ledger), new PolicyStore(directory.policy)];
  const gate = new EgressGate(kit.coordinator, ledger, policies, systemClock, stderrLog);
  const client = new CoordinatorClient(kit.coordinator, outbound);
  try {
    const world = {
      directory,
      client,
      gate,
      clock: systemClock,
      random: systemRandom,
      allowHttp: config.allowHttp,
      ...(await lockOf(directory, config.passphraseFile, options.passphrase === true)),
    };
    const { out } = options;
    const enrolment = out === undefined ? await enrol(kit, world) : await enrolInFile(kit, out, world);
    const { site, siteName, study, siteKeyId, words } = enrolment;
    const text = [
      `${siteName} ${out === undefined ? 'has asked' : 'asks'} for approval. Its key was made here and stays here.`,
      ...(out === undefined ? [] : [`Carry ${out} to the trial office: sidemark site import ${out}`]),
      'Read these six words to the trial office by telephone; they must see the same:',
      '',
      `  ${words.join(' ')}`,
      '',
      out === undefined
        ? 'Then start the agent: sidemark agent run'
        : 'Then take in the jobs they carry here: sidemark job import FILE; sidemark agent run --offline',
    ].join('\n');
    output.result({ site, siteName, study, siteKeyId, state: 'pending', words }, text);
  } finally {
    await gate.flushPresence().finally(() => lock.release());
  }
}

async function run(output: Output, options: RunOptions): Promise<void> {
  const { config, directory } = await openData({ ...options, ...consolePortOf(options) });
  const lock = await takeLock(directory.lock);
  const narrator = makeNarrator(output);
  const feed = new ConsoleFeed(systemClock);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const world: AgentWorld = {
      config,
      directory,
      clock: systemClock,
      random: systemRandom,
      log: feed.keep(stderrLog),
      narrator: feed.overhear(narrator),
      passphrase: passphraseSource(config.passphraseFile),
    };
    await sweepDrafts(directory);
    const watched = await watchedWorld(world);
    try {
      const agent = await NestFactory.createApplicationContext(AppModule.with(watched.world), {
        logger: false,
        abortOnError: false,
      });
      const console =
        config.consolePort === undefined ? undefined : await openConsole(agent, config.consolePort, feed);
      if (console !== undefined)
        output.note(
          `The console is at ${console.address}; its address with the token: sidemark agent console`,
        );
      await runAgent(agent, stop.signal).finally(() => console?.close());
      await agent.close();
    } finally {
      await watched.close();
    }
  } finally {
    narrator.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await lock.release();
  }
}

async function runWithoutLink(output: Output, options: RunOptions): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    await withOfflineAgent(output, options, async (agent, world) => {
      const round = await runOffline(agent, world, stop.signal);
      const rows = round.jobs.map(({ job, state, code, report, next }) => [
        job,
        state,
        code ?? '',
        report,
        next,
      ]);
      const text =
        rows.length === 0
          ? 'No job is here. Take one in: sidemark job import FILE'
          : table(['job', 'state', 'code', 'report', 'next'], rows);
      output.result(round, text);
    });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @throws DomainError `usage` */
function consolePortOf({ console: asked }: RunOptions): { consolePort?: number } {
  if (asked === undefined) return {};
  const port = asked === true ? defaultConsolePort : Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw usageError('--console takes a port, 0 to 65535');
  return { consolePort: port };
}

async function showConsole(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const found = (await isLocked(directory.lock)) ? await findConsole(directory.console) : undefined;
  if (found === undefined) throw new DomainError('console-not-open');
  const address = doorOf(found);
  output.result({ address }, address);
}

async function status(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const found = await describeAgent(directory);
  output.result(found, statusText(found));
}

async function listJobs(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const { jobs } = await describeAgent(directory);
  const rows = jobs.map(({ job, state, code, protocolDigest, report }) => [
    job,
    state,
    code ?? '',
    protocolDigest.slice(0, 16),
    report,
  ]);
  const text =
    jobs.length === 0
      ? 'No job has been offered yet.'
      : table(['job', 'state', 'code', 'protocol', 'report'], rows);
  const reasons = jobs.flatMap(({ job, reason }) =>
    reason === null ? [] : [`${job}: ${reason.message}`, ...detailLines(reason.details)],
  );
  output.result(jobs, [text, ...reasons].join('\n'));
}

async function showResult(output: Output, job: string, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const jobs = new JobsStore(directory);
  const record = await jobs.get(job);
  const report = await jobs.result(record);
  if (report === undefined)
    throw new DomainError('state-conflict', { state: record.state, missing: 'the report' });
  output.result(report, resultText(report));
}

async function showCensus(output: Output, job: string, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const jobs = new JobsStore(directory);
  const outcomes = await journalledOutcomes(jobs.journal(await jobs.get(job)));
  const census = siteCensus(outcomes);
  output.result(census, censusText(census));
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const detailLines = (details: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(details).flatMap(([key, value]) =>
    Array.isArray(value) ? value.map((one) => `  - ${wordOf(one)}`) : [`  ${key}: ${wordOf(value)}`],
  );

const decisionWords = {
  approve: 'approved',
  decline: 'declined',
  release: 'released',
  hold: 'held: its report will wait',
  withdraw: 'withdrawn',
} as const;

async function decide(output: Output, job: string, verb: PersonVerb, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const rooms = {
    jobs: new JobsStore(directory),
    outbox: new OutboxStore(directory),
    ledger: new LedgerStore(directory.ledger),
  };
  const record = await decideJob(rooms, job, verb, instant(systemClock.now()));
  output.result(
    { job, decision: verb, protocolDigest: record.protocolDigest },
    `job ${job} ${decisionWords[verb]}; the agent goes on with it when it runs`,
  );
}
