// Jobs on disk: jobs/<id>/{offer,state,decision,protocol}.json and the pipeline's journal. Changes to a record go one
// after the other, so that a cancellation and the work never overwrite each other.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Envelope, Id, Report } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk, readJson, removeDurably, writeJson } from '../platform/disk/durable-file.ts';
import { Decision, Hold, JobRecord, withheldResult, type PersonVerb } from './job-record.ts';
import type { LocalJobState } from './job-state.ts';

/** States in which a person may decide so. */
export const decidable: Readonly<Record<PersonVerb, readonly LocalJobState[]>> = {
  approve: ['offered', 'held'],
  decline: ['offered', 'held', 'withheld'],
  release: ['withheld'],
  hold: ['offered', 'held', 'accepted', 'running', 'signed'],
  withdraw: ['accepted', 'running', 'withheld', 'signed'],
};

const journalName = /^journal-(\d+)\.ndjson.*$/;

export class JobsStore {
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly directory: DataDirectory) {}

  /** Every job, first come first. */
  async all(): Promise<JobRecord[]> {
    const ids = (await onDisk(() => readdir(this.directory.jobs))).filter(
      (name) => Id.safeParse(name).success,
    );
    const records = (await Promise.all(ids.map((id) => this.find(id)))).filter(
      (record) => record !== undefined,
    );
    const key = ({ receivedAt, job }: JobRecord): string => `${receivedAt} ${job}`;
    return records.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  async find(job: string): Promise<JobRecord | undefined> {
    return readJson(this.#at(job, 'state.json'), JobRecord);
  }

  /** @throws DomainError `job-unknown` */
  async get(job: string): Promise<JobRecord> {
    const found = Id.safeParse(job).success ? await this.find(job) : undefined;
    if (found === undefined) throw new DomainError('job-unknown', { job });
    return found;
  }

  /** Writes what `change` makes of the record as it stands. */
  update(
    job: string,
    change: (record: JobRecord | undefined) => JobRecord | undefined,
  ): Promise<JobRecord | undefined> {
    const updated = this.#queue.then(async () => {
      const changed = change(await this.find(job));
      if (changed !== undefined) await writeJson(this.#at(job, 'state.json'), JobRecord.parse(changed));
      return changed;
    });
    this.#queue = updated.catch(() => undefined);
    return updated;
  }

  async saveOffer(job: string, offer: Envelope): Promise<void> {
    await writeJson(this.#at(job, 'offer.json'), offer);
  }

  async offer(job: string): Promise<Envelope | undefined> {
    return readJson(this.#at(job, 'offer.json'), Envelope);
  }

  async saveProtocol(job: string, protocol: Envelope): Promise<void> {
    await writeJson(this.#at(job, 'protocol.json'), protocol);
  }

  async protocol(job: string): Promise<Envelope | undefined> {
    return readJson(this.#at(job, 'protocol.json'), Envelope);
  }

  /** What a person decided on this attempt of the job. */
  async decision(record: JobRecord): Promise<Decision | undefined> {
    const found = await readJson(this.#at(record.job, 'decision.json'), Decision);
    return found?.attempt === record.attempt ? found : undefined;
  }

  /** Writes a person's decision for the running agent to find. @throws DomainError `job-unknown`, `state-conflict` */
  async decide(job: string, decision: PersonVerb, at: string): Promise<JobRecord> {
    const record = await this.get(job);
    const possibleIn = decidable[decision];
    if (!possibleIn.includes(record.state))
      throw new DomainError('state-conflict', { state: record.state, possibleIn });
    const { attempt } = record;
    if (decision === 'hold') {
      const hold: Hold = { schema: 'sidemark.hold/1', attempt, at };
      await writeJson(this.#at(job, 'hold.json'), hold);
      return record;
    }
    const releases = decision === 'release' ? { releases: withheldResult(record) } : {};
    const written: Decision = { schema: 'sidemark.decision/1', attempt, decision, ...releases, at };
    await writeJson(this.#at(job, 'decision.json'), written);
    return record;
  }

  /** True while a person's wish to see the report of this attempt first stands: until that report is released. */
  async isHeld(record: JobRecord): Promise<boolean> {
    const hold = await readJson(this.#at(record.job, 'hold.json'), Hold);
    if (hold?.attempt !== record.attempt) return false;
    const decision = await this.decision(record);
    return !(decision?.decision === 'release' && decision.at >= hold.at);
  }

  /** Takes back what a person said of a job too late: its report had left. */
  async forget(job: string, what: 'hold' | 'decision'): Promise<void> {
    await removeDurably(this.#at(job, `${what}.json`));
  }

  /** False for a report that a person holds, or whose job was withdrawn; what has no record here is no job of ours. */
  async mayLeave({ job, attempt, kind }: Pick<OutboxItem, 'job' | 'attempt' | 'kind'>): Promise<boolean> {
    const record = kind === 'report' ? await this.find(job) : undefined;
    if (record?.attempt !== attempt) return true;
    const withdrawn = (await this.decision(record))?.decision === 'withdraw';
    return !withdrawn && record.code !== 'withdrawn-by-person' && !(await this.isHeld(record));
  }

  /** Keeps the figures of a finished report for the people of the site, before it is judged and signed. */
  async saveResult({ job, attempt }: JobRecord, report: Report): Promise<void> {
    await writeJson(this.#at(job, `result-${attempt}.json`), report);
  }

  /** The finished report of this attempt, whether it left or not. */
  async result({ job, attempt }: JobRecord): Promise<Report | undefined> {
    return readJson(this.#at(job, `result-${attempt}.json`), Report);
  }

  /** The pipeline's journal of one attempt. */
  journal({ job, attempt }: JobRecord): string {
    return this.#at(job, `journal-${attempt}.ndjson`);
  }

  /** Journals of a job that are on the disk, also what a crash left of one. */
  async journals(job: string): Promise<{ readonly attempt: number; readonly path: string }[]> {
    const found = (await onDisk(() => readdir(this.directory.job(job)))).map((name) =>
      journalName.exec(name),
    );
    return found.flatMap((match) =>
      match === null ? [] : [{ attempt: Number(match[1]), path: this.#at(job, match[0]) }],
    );
  }

  async removeJournal(path: string): Promise<void> {
    await removeDurably(path);
  }

  #at(job: string, file: string): string {
    return join(this.directory.job(job), file);
  }
}
