// Acceptance: verify the exact bytes, then parse, then judge, then store once, with a receipt that names the entry of
// the audit log. Sending the same payload again gets the same receipt.
import { Inject, Injectable } from '@nestjs/common';
import {
  type CarriedReceipt,
  type CarriedReport,
  type Envelope,
  payloadTypes,
  type Receipt,
  type Report,
} from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { digestOf, signStatement } from '@sidemark/core/signing';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { Random } from '../../platform/random.ts';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import { JobsService } from '../../runs/jobs/jobs.service.ts';
import { gatherFacts } from './acceptance-facts.ts';
import { openReport, readEnvelope } from './open-report.ts';
import { readReport, requireCoherent } from './read-report.ts';
import { judgeReport } from './report-acceptance.ts';
import { supersede } from '../report-state.ts';
import {
  addReport,
  findReceipt,
  isSequenceUsed,
  reportStatesOfJob,
  setReportState,
} from '../reports.repository.ts';
import { findSigner, holdSigner, siteStanding } from './signers.repository.ts';

/** A report whose signature holds and whose payload fits the schema. */
interface Submission {
  readonly siteId: string;
  readonly keyId: string;
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
  readonly report: Report;
}

@Injectable()
export class AcceptanceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @returns the signed receipt. @throws DomainError of `openReport`, `readReport`, `judgeReport`, `requireCoherent` */
  async submit(siteId: string, body: unknown): Promise<Envelope> {
    const envelope = readEnvelope(body);
    const keyId = envelope.signatures[0]?.keyid ?? '';
    const signer = await this.database.read((tx) => findSigner(tx, keyId));
    const opened = openReport(envelope, signer, siteId);
    const submission = { siteId, keyId, envelope, ...opened, report: readReport(opened.payload) };
    try {
      return await this.accept(submission);
    } catch (error) {
      // another submission of this site was first: what it left behind now decides
      if (isDomainError(error, 'already-exists')) return this.accept(submission);
      throw error;
    }
  }

  /**
   * A report that an administrator brings in a file: the site is the one whose key signed it, and all else is as if it
   * had come over the link. @throws DomainError as `submit`
   */
  async carried({ report }: CarriedReport): Promise<CarriedReceipt> {
    const keyId = readEnvelope(report).signatures[0]?.keyid ?? '';
    const signer = await this.database.read((tx) => findSigner(tx, keyId));
    const receipt = await this.submit(signer?.siteId ?? '', report);
    return { schema: 'sidemark.carried-receipt/1', delegation: this.keys.delegation, receipt };
  }

  private accept(submission: Submission): Promise<Envelope> {
    const { report, payloadDigest } = submission;
    return this.database.transaction(async (tx) => {
      const context = await this.jobs.locked(tx, report.header.job);
      const receipt = await findReceipt(tx, report.header.job, payloadDigest);
      await this.judge(tx, submission, context, receipt !== undefined);
      if (receipt !== undefined) return receipt;
      if (context === undefined) throw new DomainError('report-wrong-job');
      requireCoherent(report.result, context.document);
      return this.store(tx, submission, context);
    });
  }

  private async judge(
    tx: Tx,
    { siteId, keyId, report }: Submission,
    context: JobContext | undefined,
    stored: boolean,
  ): Promise<void> {
    const site = await siteStanding(tx, siteId);
    const signer = await holdSigner(tx, keyId);
    const sequenceUsed = await isSequenceUsed(tx, siteId, report.header.sequence);
    const { header, result, resultDigest } = report;
    const said = { header, resultDigest: { claimed: resultDigest, actual: digestOf(result) } };
    const verdict = judgeReport(
      gatherFacts({ site, signer, said, context, stored, sequenceUsed, now: this.clock.now() }),
    );
    if (verdict.kind === 'refuse') throw new DomainError(verdict.code, verdict.details);
  }

  private async store(tx: Tx, submission: Submission, { job }: JobContext): Promise<Envelope> {
    const { siteId, keyId, envelope, payload, payloadDigest, report } = submission;
    const { sequence } = report.header;
    for (const { id, state } of await reportStatesOfJob(tx, job.id)) {
      if (state === 'accepted') await setReportState(tx, id, supersede(state));
    }
    await this.jobs.setReported(tx, job);
    const receivedAt = this.clock.now();
    const details = { job: job.id, run: job.run, payloadDigest, sequence };
    const id = this.random.uuid();
    const event = { actor: `site:${siteId}`, action: 'report.accepted', subject: id, details };
    const { hash: auditHead } = await this.audit.append(tx, event);
    const receipt = this.receiptOf(
      { job: job.id, site: siteId, payloadDigest, sequence, auditHead },
      receivedAt,
    );
    const { resultDigest } = report;
    const identity = { id, jobId: job.id, siteId, siteKeyId: keyId, sequence, payloadDigest, resultDigest };
    await addReport(tx, { ...identity, payload, envelope, receipt, receivedAt });
    return receipt;
  }

  private receiptOf(said: Omit<Receipt, 'schema' | 'receivedAt'>, receivedAt: Date): Envelope {
    const receipt: Receipt = { schema: 'sidemark.receipt/1', ...said, receivedAt: receivedAt.toISOString() };
    return signStatement(payloadTypes.receipt, receipt, this.keys.online);
  }
}
