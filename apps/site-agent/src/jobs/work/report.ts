// The report of a job: header and result under one digest.
import { contractVersion, type Report, type ReportResult } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import type { Site } from '../../identity/site.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { Runtime } from '../../platform/versions.ts';
import type { JobRecord } from '../job-record.ts';

export interface Finished {
  readonly record: JobRecord;
  readonly models: LocalModels;
  readonly datasetDigest: string;
  readonly sequence: number;
  readonly runtime: Runtime;
  readonly finishedAt: string;
  readonly result: ReportResult;
}

/** The header says of what, by whom and with what; the digest covers the figures alone. */
export function composeReport(site: Site, finished: Finished): Report {
  const { record, models, datasetDigest, sequence, runtime, finishedAt, result } = finished;
  const { detector, inpainter, classifiers } = models;
  return {
    header: {
      schema: 'sidemark.report/1',
      contract: contractVersion,
      study: record.study,
      run: record.run,
      job: record.job,
      site: site.enrolment.site,
      siteKeyId: site.signer.keyId,
      sequence,
      protocolDigest: record.protocolDigest,
      models: [detector, inpainter, ...classifiers].map(({ sha256 }) => sha256),
      datasetDigest,
      ...runtime,
      finishedAt,
    },
    result,
    resultDigest: digestOf(result),
  };
}
