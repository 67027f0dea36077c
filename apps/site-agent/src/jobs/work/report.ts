// The report of a job: header and result under one digest.
import {
  contractVersion,
  type QualificationHeader,
  type Report,
  type ReportResult,
} from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import type { Site } from '../../identity/site.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { Runtime } from '../../platform/versions.ts';
import type { JobRecord } from '../job-record.ts';

/** Of what, by whom and with what a statement is. */
export interface Stated {
  readonly record: JobRecord;
  readonly models: LocalModels;
  readonly sequence: number;
  readonly runtime: Runtime;
  readonly finishedAt: string;
}

export interface Finished extends Stated {
  readonly datasetDigest: string;
  readonly result: ReportResult;
}

export function headerOf(
  site: Site,
  { record, models, sequence, runtime, finishedAt }: Stated,
): Omit<QualificationHeader, 'schema'> {
  const { detector, inpainter, classifiers } = models;
  return {
    contract: contractVersion,
    study: record.study,
    run: record.run,
    job: record.job,
    site: site.enrolment.site,
    siteKeyId: site.signer.keyId,
    sequence,
    protocolDigest: record.protocolDigest,
    models: [detector, inpainter, ...classifiers].map(({ sha256 }) => sha256),
    ...runtime,
    finishedAt,
  };
}

/** The header says of what, by whom and with what; the digest covers the figures alone. */
export function composeReport(site: Site, finished: Finished): Report {
  const { datasetDigest, result } = finished;
  return {
    header: { schema: 'sidemark.report/1', ...headerOf(site, finished), datasetDigest },
    result,
    resultDigest: digestOf(result),
  };
}
