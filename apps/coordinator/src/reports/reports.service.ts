// Stored reports, as they are listed, handed out for verification, and counted.
import { Inject, Injectable } from '@nestjs/common';
import {
  type Envelope,
  payloadTypes,
  type Report,
  type ReportBundle,
  type ReportList,
  type SiteKeyStatement,
  type StoredReport,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { signStatement } from '@sidemark/core/signing';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { RunsService } from '../runs/runs.service.ts';
import { missingSequences } from './missing-sequences.ts';
import { readReport } from './acceptance/read-report.ts';
import { findReport, type KeptReport, reportsOfRun, sequencesOf } from './reports.repository.ts';
import { findSigner, recordOf, type Signer } from './acceptance/signers.repository.ts';

export type { KeptReport };

export interface AcceptedReport {
  readonly stored: StoredReport;
  readonly report: Report;
}

/** Of the reports of a run those that count. */
export function countingOf(kept: readonly KeptReport[]): AcceptedReport[] {
  const counting = kept.filter(({ stored }) => stored.state === 'accepted');
  return counting.map(({ stored, payload }) => ({ stored, report: readReport(payload) }));
}

@Injectable()
export class ReportsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Reports of a run, superseded ones too. @throws DomainError `not-found` */
  async list(runId: string): Promise<ReportList> {
    const sites = (await this.runs.show(runId)).jobs.map(({ site }) => site);
    return this.database.read(async (tx) => {
      const reports = (await reportsOfRun(tx, runId)).map(({ stored }) => stored);
      const used = await sequencesOf(tx, sites);
      const missing = sites.map((site) => {
        const sequences = used.filter((entry) => entry.site === site).map(({ sequence }) => sequence);
        return { site, sequences: missingSequences(sequences) };
      });
      return { reports, missingSequences: missing.filter(({ sequences }) => sequences.length > 0) };
    });
  }

  /** Everything needed to verify one report. @throws DomainError `not-found` */
  async bundle(payloadDigest: string): Promise<ReportBundle> {
    return this.database.read(async (tx) => {
      const kept = await findReport(tx, payloadDigest);
      const signer = kept && (await findSigner(tx, kept.stored.siteKeyId));
      if (kept === undefined || signer === undefined)
        throw new DomainError('not-found', { report: payloadDigest });
      const { stored, payload, envelope, receipt } = kept;
      const sitePublicKey = Buffer.from(signer.publicKey).toString('base64');
      const { delegation, releasePublicKey } = this.keys;
      return {
        stored,
        report: readReport(payload),
        envelope,
        receipt,
        sitePublicKey,
        siteKey: this.stateKey(stored.site, signer),
        delegation,
        releasePublicKey,
      };
    });
  }

  /** What is known of the key that signed, under the coordinator's own signature. */
  private stateKey(site: string, signer: Signer): Envelope {
    const statedAt = this.clock.now().toISOString();
    const statement: SiteKeyStatement = {
      schema: 'sidemark.site-key/1',
      site,
      key: recordOf(signer),
      statedAt,
    };
    return signStatement(payloadTypes.siteKey, statement, this.keys.online);
  }

  /** The reports of a run that count. */
  async accepted(runId: string): Promise<AcceptedReport[]> {
    return countingOf(await this.kept(runId));
  }

  /** All reports of a run as they came, superseded ones too, oldest first. */
  kept(runId: string): Promise<KeptReport[]> {
    return this.database.read((tx) => reportsOfRun(tx, runId));
  }
}
