// Before its own films a site evaluates the phantoms of the run's pack, and signs what its machine made of them.
import type {
  FilmAnswer,
  ProtocolDocument,
  Qualification,
  QualificationReport,
} from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import type { Site } from '../identity/site.ts';
import { headerOf, type Stated } from '../jobs/work/report.ts';
import type { LocalModels } from '../models/local-model.ts';
import type { PackAsked } from '../pipeline/pack/pack-asked.ts';
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

export interface Answered extends Stated {
  readonly pack: string;
  readonly films: FilmAnswer[];
}

/** The header says by whom and with what; the digest covers the answers alone. */
export function composeAnswers(site: Site, answered: Answered): QualificationReport {
  const { pack, films } = answered;
  const answers = { pack, films };
  return {
    header: { schema: 'sidemark.qualification/1', ...headerOf(site, answered) },
    answers,
    answersDigest: digestOf(answers),
  };
}
