// A job as the console shows it: its state, what a person may do, the protocol in words, the figures.
import type { ConsoleJob, ConsoleJobPage, ConsoleVerb, ProtocolDocument } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import { describeJobs, type JobView } from '../../commands/agent-status.ts';
import { openProtocol } from '../../jobs/intake/protocol-check.ts';
import type { JobRecord } from '../../jobs/job-record.ts';
import { decidable, type JobsStore } from '../../jobs/jobs.store.ts';
import type { Site } from '../../identity/site.ts';
import type { ModelStore } from '../../models/model.store.ts';
import type { DataDirectory } from '../../platform/disk/data-directory.ts';
import type { ConsoleFeed } from '../console-feed.ts';
import { detailLines } from './detail-lines.ts';
import { protocolWords } from './protocol-words.ts';

export interface JobRooms {
  readonly directory: DataDirectory;
  readonly site: Site;
  readonly jobs: JobsStore;
  readonly models: ModelStore;
  readonly feed: ConsoleFeed;
}

/** Newest first. */
export async function jobList(rooms: JobRooms): Promise<ConsoleJob[]> {
  const views = new Map((await describeJobs(rooms.directory)).map((view) => [view.job, view]));
  const records = await rooms.jobs.all();
  const shown = await Promise.all(records.map((record) => jobOf(record, views.get(record.job), rooms)));
  return shown.toReversed();
}

/** @throws DomainError `job-unknown` */
export async function jobPage(job: string, rooms: JobRooms): Promise<ConsoleJobPage> {
  const record = await rooms.jobs.get(job);
  const view = (await describeJobs(rooms.directory)).find((one) => one.job === job);
  const document = await protocolOf(record, rooms);
  return {
    job: await jobOf(record, view, rooms),
    protocol:
      document === undefined
        ? null
        : {
            parts: protocolWords(document).map(({ heading, lines }) => ({ heading, lines: [...lines] })),
            models: await modelsOf(document, rooms.models),
            document: JSON.stringify(document, null, 2),
          },
    report: (await rooms.jobs.result(record)) ?? null,
  };
}

async function jobOf(record: JobRecord, view: JobView | undefined, rooms: JobRooms): Promise<ConsoleJob> {
  const { job, run, study, state, code, reason, protocolDigest, receivedAt, updatedAt } = record;
  const document = await protocolOf(record, rooms);
  return {
    ...{ job, run, study, state, code, protocolDigest, receivedAt, updatedAt },
    reason: reason === null ? null : { message: reason.message, details: detailLines(reason.details) },
    protocolName: document === undefined ? null : `${document.name}, version ${document.version}`,
    report: view?.report ?? '',
    held: await rooms.jobs.isHeld(record),
    progress: state === 'running' ? rooms.feed.progressOf(job) : null,
    mayDo: (Object.keys(decidable) as ConsoleVerb[]).filter((verb) => decidable[verb].includes(state)),
  };
}

/** undefined while it is not here; one that is not the trial's is not shown as if it were. */
async function protocolOf(
  record: JobRecord,
  { jobs, site }: JobRooms,
): Promise<ProtocolDocument | undefined> {
  const kept = await jobs.protocol(record.job);
  if (kept === undefined) return undefined;
  try {
    return openProtocol(kept, record, site.trust);
  } catch (error) {
    if (isDomainError(error, 'protocol-invalid')) return undefined;
    throw error;
  }
}

type Models = NonNullable<ConsoleJobPage['protocol']>['models'];

async function modelsOf(
  { detector, inpainter, classifiers }: ProtocolDocument,
  store: ModelStore,
): Promise<Models> {
  const named = [
    { role: 'detector', id: null, ref: detector },
    { role: 'inpainter', id: null, ref: inpainter },
    ...classifiers.map(({ id, model }) => ({ role: 'classifier', id, ref: model })),
  ];
  return Promise.all(
    named.map(async ({ role, id, ref: { name, version, sha256, manifestSha256 } }) => ({
      ...{ role, id, name: `${name}@${version}`, sha256, manifestSha256 },
      here: (await store.manifest(sha256)) !== undefined,
    })),
  );
}
