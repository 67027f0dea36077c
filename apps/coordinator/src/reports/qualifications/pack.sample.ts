// A small pack for tests, the answers that the trial office gives to it, and a protocol that asks for them.
import {
  type FilmAnswer,
  type PackReference,
  type ProtocolDocument,
  recipeOf,
} from '@sidemark/core/contract';
import { digestOf, sha256 } from '@sidemark/core/signing';
import type { RunningCoordinator } from '../../../../../test/support/coordinator.ts';
import { draftSample, freezeSample, uploadSample } from '../../protocols/registry.sample.ts';

const names = ['film-1', 'film-2', 'film-3', 'film-4'];

export const packBytes = Buffer.from(
  JSON.stringify({
    schema: 'sidemark.pack/1',
    films: names.map((name) => ({ name, dicom: Buffer.from(name).toString('base64'), around: [] })),
  }),
);

/** One logit for the first classifier, three for the second, on two arms. */
export function filmAnswers(change: Partial<Extract<FilmAnswer, { kind: 'answered' }>> = {}): FilmAnswer[] {
  return names.map((film, i) => ({
    kind: 'answered',
    film,
    stored: sha256(film),
    outside: sha256(`outside ${film}`),
    boxes: [{ x1: 10, y1: 10, x2: 30, y2: 34, score: 0.9 }],
    logits: [
      [[i], [i + 0.5]],
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    ],
    ...change,
  }));
}

export function sampleReference(document: ProtocolDocument): PackReference {
  return {
    schema: 'sidemark.pack-reference/1',
    pack: sha256(packBytes),
    recipe: digestOf(recipeOf(document)),
    positive: [false, false, true, true],
    films: filmAnswers(),
  };
}

export async function registerSamplePack(
  coordinator: RunningCoordinator,
  document: ProtocolDocument,
): Promise<string> {
  const reference = sampleReference(document);
  await uploadSample(coordinator, reference.pack, packBytes);
  const { status, body } = await coordinator.call('POST', '/api/packs', { body: reference });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return reference.pack;
}

export async function freezeQualified(
  coordinator: RunningCoordinator,
  study: string,
): Promise<Awaited<ReturnType<typeof freezeSample>>> {
  const { document } = await draftSample(coordinator, study);
  const pack = await registerSamplePack(coordinator, document);
  return freezeSample(coordinator, study, { qualification: pack });
}
