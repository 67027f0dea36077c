// Before its own films a site evaluates the phantoms of the run's pack, and signs what its machine made of them.
import {
  contractVersion,
  type FilmAnswer,
  type ProtocolDocument,
  type Qualification,
  type QualificationReport,
} from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import type { Site } from '../identity/site.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { LocalModels } from '../models/local-model.ts';
import type { PackAsked } from '../pipeline/pack/pack-asked.ts';
import type { Runtime } from '../platform/versions.ts';
import type { PackRoom } from './pack.room.ts';

export interface QualifierWorld {
  readonly packs: PackRoom;
  readonly answerPack: (asked: PackAsked) => Promise<FilmAnswer[]>;
  readonly workers: number;
}

/** @throws DomainError of the pack's room, `model-unloadable`, `inference-failed` */
export async function answersTo(
  qualification: Qualification,
  work: { protocol: ProtocolDocument; models: LocalModels; signal: AbortSignal },
  { packs, answerPack, workers }: QualifierWorld,
): Promise<FilmAnswer[]> {
  const { folder, films } = await packs.open(qualification, work.signal);
  return answerPack({ ...work, folder, films, workers });
}

export interface Answered {
  readonly record: JobRecord;
  readonly models: LocalModels;
  readonly pack: string;
  readonly films: FilmAnswer[];
  readonly sequence: number;
  readonly runtime: Runtime;
  readonly finishedAt: string;
}

/** The header says by whom and with what; the digest covers the answers alone. */
export function composeAnswers(site: Site, answered: Answered): QualificationReport {
  const { record, models, pack, films, sequence, runtime, finishedAt } = answered;
  const { detector, inpainter, classifiers } = models;
  const answers = { pack, films };
  return {
    header: {
      schema: 'sidemark.qualification/1',
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
    },
    answers,
    answersDigest: digestOf(answers),
  };
}
