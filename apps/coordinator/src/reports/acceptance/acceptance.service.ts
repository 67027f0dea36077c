// Acceptance: verify the exact bytes, then parse, then judge, then store once, with a receipt that names the entry of
// the audit log. Sending the same payload again gets the same receipt.
import { Inject, Injectable } from '@nestjs/common';
import {
  type CarriedReceipt,
  type CarriedReport,
  type Envelope,
  payloadTypes,
  type Report,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import { JobsService } from '../../runs/jobs/jobs.service.ts';
import { supersede } from '../report-state.ts';
import { addReport, findReceipt, reportStatesOfJob, setReportState } from '../reports.repository.ts';
import { readReport, requireCoherent } from './read-report.ts';
import { StatementDesk, type Submission } from './statement-desk.service.ts';

@Injectable()
export class AcceptanceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(StatementDesk) private readonly desk: StatementDesk,
  ) {}

  /** @returns the signed receipt. @throws DomainError of `openReport`, `readReport`, `judgeReport`, `requireCoherent` */
  async submit(siteId: string, body: unknown): Promise<Envelope> {
    const submission = await this.desk.open(siteId, body, payloadTypes.report, readReport);
    return this.desk.once(submission, (one) => this.accept(one));
  }

  /** A report that an administrator brings in a file. @throws DomainError as `submit` */
  carried(body: CarriedReport): Promise<CarriedReceipt> {
    return this.desk.carried(body, (siteId, envelope) => this.submit(siteId, envelope));
  }

  private accept(submission: Submission<Report>): Promise<Envelope> {
    const { header, result, resultDigest } = submission.report;
    return this.database.transaction(async (tx) => {
      const context = await this.jobs.locked(tx, header.job);
      const receipt = await findReceipt(tx, header.job, submission.payloadDigest);
      const said = { header, resultDigest: { claimed: resultDigest, actual: digestOf(result) } };
      await this.desk.admit(tx, submission, said, context, receipt !== undefined);
      if (receipt !== undefined) return receipt;
      if (context === undefined) throw new DomainError('report-wrong-job');
      requireCoherent(result, context.document);
      return this.store(tx, submission, context);
    });
  }

  private async store(tx: Tx, submission: Submission<Report>, { job }: JobContext): Promise<Envelope> {
    const { siteId, keyId, envelope, payload, payloadDigest, report } = submission;
    const { resultDigest, header } = report;
    const { sequence } = header;
    for (const { id, state } of await reportStatesOfJob(tx, job.id)) {
      if (state === 'accepted') await setReportState(tx, id, supersede(state));
    }
    await this.jobs.setReported(tx, job);
    const said = { job, sequence };
    const acknowledged = await this.desk.acknowledge(tx, submission, said, { action: 'report.accepted' });
    const identity = { jobId: job.id, siteId, siteKeyId: keyId, sequence, payloadDigest, resultDigest };
    await addReport(tx, { ...acknowledged, ...identity, payload, envelope });
    return acknowledged.receipt;
  }
}
