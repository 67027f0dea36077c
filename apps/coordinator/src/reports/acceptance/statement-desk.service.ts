// What every statement of a site goes through, a report or answers to phantoms: exact bytes under a key of this very site,
// judged by what the tables know, entered in the audit log, acknowledged by a receipt.
import { Inject, Injectable } from '@nestjs/common';
import {
  type CarriedReceipt,
  type CarriedReport,
  type Envelope,
  type Job,
  payloadTypes,
  type Receipt,
} from '@sidemark/core/contract';
import { DomainError, type ErrorDetails, isDomainError } from '@sidemark/core/errors';
import { signStatement } from '@sidemark/core/signing';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { Random } from '../../platform/random.ts';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import { isSequenceUsed } from '../reports.repository.ts';
import { gatherFacts } from './acceptance-facts.ts';
import { openReport, readEnvelope } from './open-report.ts';
import { type AcceptanceFacts, judgeReport } from './report-acceptance.ts';
import { findSigner, holdSigner, siteStanding } from './signers.repository.ts';

/** A statement whose signature holds and whose payload fits its schema. */
export interface Submission<S> {
  readonly siteId: string;
  readonly keyId: string;
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
  readonly report: S;
}

export interface Acknowledged {
  /** of the row to come */
  readonly id: string;
  readonly receipt: Envelope;
  readonly receivedAt: Date;
}

@Injectable()
export class StatementDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /**
   * @param read from verified bytes to the statement
   * @throws DomainError of `readEnvelope`, `openReport` and `read`
   */
  async open<S>(
    siteId: string,
    body: unknown,
    type: string,
    read: (payload: Uint8Array) => S,
  ): Promise<Submission<S>> {
    const envelope = readEnvelope(body);
    const keyId = envelope.signatures[0]?.keyid ?? '';
    const signer = await this.database.read((tx) => findSigner(tx, keyId));
    const opened = openReport(envelope, signer, siteId, type);
    return { siteId, keyId, envelope, ...opened, report: read(opened.payload) };
  }

  /** Accepts; where another submission of this site was first, what it left behind decides. */
  async once<S>(
    submission: Submission<S>,
    accept: (submission: Submission<S>) => Promise<Envelope>,
  ): Promise<Envelope> {
    try {
      return await accept(submission);
    } catch (error) {
      if (isDomainError(error, 'already-exists')) return accept(submission);
      throw error;
    }
  }

  /** @param stored this very payload is stored. @throws DomainError what `judgeReport` refuses */
  async admit(
    tx: Tx,
    { siteId, keyId }: Pick<Submission<unknown>, 'siteId' | 'keyId'>,
    said: Pick<AcceptanceFacts, 'header' | 'resultDigest'>,
    context: JobContext | undefined,
    stored: boolean,
  ): Promise<void> {
    const site = await siteStanding(tx, siteId);
    const signer = await holdSigner(tx, keyId);
    const sequenceUsed = await isSequenceUsed(tx, siteId, said.header.sequence);
    const now = this.clock.now();
    const verdict = judgeReport(gatherFacts({ site, signer, said, context, stored, sequenceUsed, now }));
    if (verdict.kind === 'refuse') throw new DomainError(verdict.code, verdict.details);
  }

  /** An entry in the audit log, and the receipt that names it. */
  async acknowledge(
    tx: Tx,
    { siteId, payloadDigest }: Pick<Submission<unknown>, 'siteId' | 'payloadDigest'>,
    { job, sequence }: { job: Job; sequence: number },
    { action, more = {} }: { action: string; more?: ErrorDetails },
  ): Promise<Acknowledged> {
    const receivedAt = this.clock.now();
    const id = this.random.uuid();
    const details = { job: job.id, run: job.run, payloadDigest, sequence, ...more };
    const { hash: auditHead } = await this.audit.append(tx, {
      actor: `site:${siteId}`,
      ...{ action, subject: id, details },
    });
    const receipt: Receipt = {
      schema: 'sidemark.receipt/1',
      ...{ job: job.id, site: siteId, payloadDigest, sequence, auditHead },
      receivedAt: receivedAt.toISOString(),
    };
    return { id, receivedAt, receipt: signStatement(payloadTypes.receipt, receipt, this.keys.online) };
  }

  /**
   * A statement that an administrator brings in a file: the site is the one whose key signed it, and all else is as if it
   * had come over the link.
   */
  async carried(
    { report }: CarriedReport,
    submit: (siteId: string, envelope: unknown) => Promise<Envelope>,
  ): Promise<CarriedReceipt> {
    const keyId = readEnvelope(report).signatures[0]?.keyid ?? '';
    const signer = await this.database.read((tx) => findSigner(tx, keyId));
    const receipt = await submit(signer?.siteId ?? '', report);
    return { schema: 'sidemark.carried-receipt/1', delegation: this.keys.delegation, receipt };
  }
}
