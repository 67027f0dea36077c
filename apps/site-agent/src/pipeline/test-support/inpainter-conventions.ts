// The inpainters of every convention as files with manifests: what the fetching half of the agent would hand over.
import type { InpainterManifest } from '@sidemark/core/contract';
import { conventionInpainter, type ConventionName } from '@sidemark/phantom';
import type { LocalModel } from '../../models/local-model.ts';
import { place } from './tiny-models.ts';

/** @param change of the `decode` that fits the file */
export async function localConvention(
  folder: string,
  name: ConventionName,
  change: object = {},
): Promise<LocalModel<InpainterManifest>> {
  const { bytes, manifest } = conventionInpainter(name, change);
  return { ...(await place(folder, name, bytes)), manifest };
}
