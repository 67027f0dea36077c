// A protocol draft whose sites answer a small pack of phantoms first.
import { join } from 'node:path';
import type { ModelVersion, ProtocolDraft, Study } from '@sidemark/core/contract';
import { siteProfile } from '@sidemark/phantom';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import type { DemoModel, Federation } from '../../apps/cli/src/demo/federation.ts';
import { drawFilms } from '../../apps/cli/src/pack/draw-films.ts';
import { makePack } from '../../apps/cli/src/pack/make-pack.ts';

export async function qualifiedDraft(
  { connection, dir }: Federation,
  study: Study,
  draft: Partial<ProtocolDraft>,
  { models, released }: { models: readonly DemoModel[]; released: readonly ModelVersion[] },
): Promise<Partial<ProtocolDraft>> {
  const { document } = await call(connection, 'draftProtocol', { params: { id: study.id }, body: draft });
  const profile = siteProfile({
    name: 'pack',
    seed: 'pack',
    films: 1,
    film: { side: 256 },
    prevalence: { opacity: 0.5 },
  });
  const scratch = join(dir, 'pack');
  const films = await drawFilms([profile], scratch, 8, () => undefined);
  const packModels = released.map(({ manifest, sha256 }, i) => ({
    manifest,
    sha256,
    bytes: models[i]!.bytes,
  }));
  const wanted = [document.detector, document.inpainter, ...document.classifiers.map(({ model }) => model)];
  const used = packModels.filter(({ sha256 }) => wanted.some((one) => one.sha256 === sha256));
  const { bytes, reference } = await makePack(document, used, films, 4, scratch);
  await call(connection, 'uploadBlob', { params: { sha256: reference.pack }, bytes });
  await call(connection, 'registerPack', { body: reference });
  return { ...draft, qualification: reference.pack };
}
