// What a site can see of its own agent, whether it runs or not.
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { findEnrolment, type EnrolmentRecord } from '../identity/enrolment.store.ts';
import { findKeyFace, type KeyFace } from '../identity/key.store.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { isLocked } from '../platform/disk/agent-lock.ts';
import { PolicyStore } from '../policy/policy.store.ts';

export interface JobView extends Pick<
  JobRecord,
  'job' | 'run' | 'study' | 'state' | 'code' | 'reason' | 'protocolDigest' | 'updatedAt'
> {
  /** where its report is: `received`, `waits`, `parked (code)` or empty */
  readonly report: string;
}

export interface AgentView {
  readonly running: boolean;
  readonly enrolment: {
    coordinator: string;
    study: string;
    site: string;
    siteName: string;
    siteKeyId: string;
    keyLocked: boolean;
    words: string[];
    answered: boolean;
  } | null;
  readonly policy: { source: string; default: string; minPatientsPerClass: number; problems: string[] };
  readonly jobs: readonly JobView[];
}

export async function describeAgent(directory: DataDirectory): Promise<AgentView> {
  const enrolment = await findEnrolment(directory);
  const key = await findKeyFace(directory.siteKey);
  const reading = await new PolicyStore(directory.policy).read();
  const problems = reading.source === 'invalid' ? reading.problem.details['problems'] : [];
  return {
    running: await isLocked(directory.lock),
    enrolment: enrolment === undefined ? null : withoutPins(enrolment, key),
    policy: {
      source: reading.source,
      default: reading.policy.default,
      minPatientsPerClass: reading.policy.floors.minPatientsPerClass,
      problems: Array.isArray(problems) ? problems.map(String) : [],
    },
    jobs: await describeJobs(directory),
  };
}

/** The key is the one that signs now: it may have followed the one that enrolled. */
function withoutPins(
  { coordinator, study, site, siteName, siteKeyId, words, answered }: EnrolmentRecord,
  key: KeyFace | undefined,
): AgentView['enrolment'] {
  const now = { siteKeyId: key?.keyId ?? siteKeyId, keyLocked: key?.locked === true };
  return { coordinator, study, site, siteName, ...now, words, answered };
}

export async function describeJobs(directory: DataDirectory): Promise<JobView[]> {
  const outbox = new OutboxStore(directory);
  const [pending, receipts] = [await outbox.pending(), await outbox.receipts()];
  const received = new Set(
    receipts.filter(({ item }) => item.kind === 'report').map(({ item }) => `${item.job} ${item.attempt}`),
  );
  const records = await new JobsStore(directory).all();
  return records.map(({ job, attempt, run, study, state, code, reason, protocolDigest, updatedAt }) => {
    const waiting = pending.find(
      (item) => item.kind === 'report' && item.job === job && item.attempt === attempt,
    );
    const place =
      waiting === undefined ? '' : waiting.parked === null ? 'waits' : `parked (${waiting.parked})`;
    const report = received.has(`${job} ${attempt}`) ? 'received' : place;
    return { job, run, study, state, code, reason, protocolDigest, updatedAt, report };
  });
}

export function statusText({ running, enrolment, policy, jobs }: AgentView): string {
  const count = (state: string): number => jobs.filter((job) => job.state === state).length;
  const states = [...new Set(jobs.map(({ state }) => state))].map((state) => `${count(state)} ${state}`);
  const who =
    enrolment === null
      ? ['not enrolled: sidemark agent enrol KIT']
      : [
          `site         ${enrolment.siteName} (${enrolment.site})`,
          `coordinator  ${enrolment.coordinator}`,
          `key          ${enrolment.siteKeyId}${enrolment.keyLocked ? ' (locked with a passphrase)' : ''}`,
          `six words    ${enrolment.words.join(' ')}`,
        ];
  const source =
    { file: 'policy.yaml', none: 'no policy.yaml', invalid: 'policy.yaml is invalid' }[policy.source] ??
    policy.source;
  return [
    `agent        ${running ? 'running' : 'not running'}`,
    ...who,
    `policy       ${source}: ${policy.default}, at least ${policy.minPatientsPerClass} patients in each class`,
    ...policy.problems.map((problem) => `             ${problem}`),
    `jobs         ${states.length === 0 ? 'none' : states.join(', ')}`,
    ...jobs
      .filter(({ report }) => report !== '' && report !== 'received')
      .map(({ job, report }) => `report       ${job} ${report}`),
  ].join('\n');
}
