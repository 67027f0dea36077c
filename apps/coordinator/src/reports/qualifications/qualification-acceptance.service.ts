// Answers to a qualification pack: verified, parsed and judged like a report, compared with the reference, and stored
// once, with a receipt. Whether the site qualifies or not, its answers are kept.
import { Inject, Injectable } from '@nestjs/common';
import {
  type CarriedReceipt,
  type CarriedReport,
  type Envelope,
  payloadTypes,
  type QualificationReport,
  recipeOf,
  type Verdict,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { judgeAnswers } from '@sidemark/core/qualification';
import { digestOf } from '@sidemark/core/signing';
import { PacksService } from '../../models/packs/packs.service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import { JobsService } from '../../runs/jobs/jobs.service.ts';
import { StatementDesk, type Submission } from '../acceptance/statement-desk.service.ts';
import { addQualification, findQualificationReceipt } from './qualifications.repository.ts';
import { readAnswers, requireAsked } from './read-answers.ts';

@Injectable()
export class QualificationAcceptanceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(PacksService) private readonly packs: PacksService,
    @Inject(StatementDesk) private readonly desk: StatementDesk,
  ) {}

  /** @returns the signed receipt. @throws DomainError as the acceptance of a report */
  async submit(siteId: string, body: unknown): Promise<Envelope> {
    const submission = await this.desk.open(siteId, body, payloadTypes.qualification, readAnswers);
    return this.desk.once(submission, (one) => this.accept(one));
  }

  /** Answers that an administrator brings in a file. @throws DomainError as `submit` */
  carried(body: CarriedReport): Promise<CarriedReceipt> {
    return this.desk.carried(body, (siteId, envelope) => this.submit(siteId, envelope));
  }

  private accept(submission: Submission<QualificationReport>): Promise<Envelope> {
    const { header, answers, answersDigest } = submission.report;
    return this.database.transaction(async (tx) => {
      const context = await this.jobs.locked(tx, header.job);
      const receipt = await findQualificationReceipt(tx, header.job, submission.payloadDigest);
      const said = { header, resultDigest: { claimed: answersDigest, actual: digestOf(answers) } };
      await this.desk.admit(tx, submission, said, context, receipt !== undefined);
      if (receipt !== undefined) return receipt;
      if (context === undefined) throw new DomainError('report-wrong-job');
      return this.store(tx, submission, context, await this.verdict(tx, submission.report, context));
    });
  }

  private async verdict(tx: Tx, report: QualificationReport, { document }: JobContext): Promise<Verdict> {
    const { reference } = await this.packs.byDigest(tx, requireAsked(report, document));
    return judgeAnswers(report.answers, reference, recipeOf(document));
  }

  private async store(
    tx: Tx,
    submission: Submission<QualificationReport>,
    { job }: JobContext,
    verdict: Verdict,
  ): Promise<Envelope> {
    const { siteId, keyId, envelope, payload, payloadDigest, report } = submission;
    const { sequence } = report.header;
    const { state, differences } = verdict;
    const acknowledged = await this.desk.acknowledge(
      tx,
      submission,
      { job, sequence },
      { action: 'qualification.judged', more: { state, differences } },
    );
    const identity = { jobId: job.id, siteId, siteKeyId: keyId, sequence, payloadDigest };
    await addQualification(tx, { ...acknowledged, ...identity, payload, envelope, verdict });
    return acknowledged.receipt;
  }
}
