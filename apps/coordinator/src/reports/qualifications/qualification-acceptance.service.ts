// Answers to a qualification pack: verified, parsed and judged like a report, compared with the reference, and stored
// once, with a receipt. Whether the site qualifies or not, its answers are kept.
import { Inject, Injectable } from '@nestjs/common';
import {
  type CarriedReceipt,
  type CarriedReport,
  type Envelope,
  payloadTypes,
  type QualificationReport,
  type Receipt,
  recipeOf,
  type Verdict,
} from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { judgeAnswers } from '@sidemark/core/qualification';
import { digestOf, signStatement } from '@sidemark/core/signing';
import { AuditService } from '../../audit/audit.service.ts';
import { PacksService } from '../../models/packs/packs.service.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { Random } from '../../platform/random.ts';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import { JobsService } from '../../runs/jobs/jobs.service.ts';
import { gatherFacts } from '../acceptance/acceptance-facts.ts';
import { openReport, readEnvelope } from '../acceptance/open-report.ts';
import { judgeReport } from '../acceptance/report-acceptance.ts';
import { findSigner, holdSigner, siteStanding } from '../acceptance/signers.repository.ts';
import { isSequenceUsed } from '../reports.repository.ts';
import { addQualification, findQualificationReceipt } from './qualifications.repository.ts';
import { readAnswers, requireAsked } from './read-answers.ts';

/** Answers whose signature holds and whose payload fits the schema. */
interface Submission {
  readonly siteId: string;
  readonly keyId: string;
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
  readonly report: QualificationReport;
}

@Injectable()
export class QualificationAcceptanceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(PacksService) private readonly packs: PacksService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @returns the signed receipt. @throws DomainError as the acceptance of a report */
  async submit(siteId: string, body: unknown): Promise<Envelope> {
    const envelope = readEnvelope(body);
    const keyId = envelope.signatures[0]?.keyid ?? '';
    const signer = await this.database.read((tx) => findSigner(tx, keyId));
    const opened = openReport(envelope, signer, siteId, payloadTypes.qualification);
    const submission = { siteId, keyId, envelope, ...opened, report: readAnswers(opened.payload) };
    try {
      return await this.accept(submission);
    } catch (error) {
      // another submission of this site was first: what it left behind now decides
      if (isDomainError(error, 'already-exists')) return this.accept(submission);
      throw error;
    }
  }

  /** Answers that an administrator brings in a file. @throws DomainError as `submit` */
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
      const receipt = await findQualificationReceipt(tx, report.header.job, payloadDigest);
      await this.admit(tx, submission, context, receipt !== undefined);
      if (receipt !== undefined) return receipt;
      if (context === undefined) throw new DomainError('report-wrong-job');
      return this.store(tx, submission, context, await this.verdict(tx, report, context));
    });
  }

  private async admit(
    tx: Tx,
    { siteId, keyId, report }: Submission,
    context: JobContext | undefined,
    stored: boolean,
  ): Promise<void> {
    const { header, answers, answersDigest } = report;
    const verdict = judgeReport(
      gatherFacts({
        site: await siteStanding(tx, siteId),
        signer: await holdSigner(tx, keyId),
        said: { header, resultDigest: { claimed: answersDigest, actual: digestOf(answers) } },
        context,
        stored,
        sequenceUsed: await isSequenceUsed(tx, siteId, header.sequence),
        now: this.clock.now(),
      }),
    );
    if (verdict.kind === 'refuse') throw new DomainError(verdict.code, verdict.details);
  }

  private async verdict(tx: Tx, report: QualificationReport, { document }: JobContext): Promise<Verdict> {
    const { reference } = await this.packs.byDigest(tx, requireAsked(report, document));
    return judgeAnswers(report.answers, reference, recipeOf(document));
  }

  private async store(
    tx: Tx,
    { siteId, keyId, envelope, payload, payloadDigest, report }: Submission,
    { job }: JobContext,
    verdict: Verdict,
  ): Promise<Envelope> {
    const { sequence } = report.header;
    const receivedAt = this.clock.now();
    const { state, differences } = verdict;
    const details = { job: job.id, run: job.run, payloadDigest, sequence, state, differences };
    const id = this.random.uuid();
    const event = { actor: `site:${siteId}`, action: 'qualification.judged', subject: id, details };
    const { hash: auditHead } = await this.audit.append(tx, event);
    const said: Receipt = {
      schema: 'sidemark.receipt/1',
      ...{ job: job.id, site: siteId, payloadDigest, sequence, auditHead },
      receivedAt: receivedAt.toISOString(),
    };
    const receipt = signStatement(payloadTypes.receipt, said, this.keys.online);
    const row = { id, jobId: job.id, siteId, siteKeyId: keyId, sequence, payloadDigest };
    await addQualification(tx, { ...row, payload, envelope, receipt, verdict, receivedAt });
    return receipt;
  }
}
