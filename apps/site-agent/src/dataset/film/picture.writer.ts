// Pictures for people of the site, as PNG files: made on request, on this machine, and never sent.
import { rename, rm } from 'node:fs/promises';
import { DomainError } from '@sidemark/core/errors';
import sharp from 'sharp';

/**
 * Writes the whole file or none.
 * @param pixels RGB, row-major
 * @throws DomainError `disk-failed`
 */
export async function writePicture(
  path: string,
  { width, height, pixels }: { width: number; height: number; pixels: Uint8Array },
): Promise<void> {
  const part = `${path}.part`;
  try {
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(part);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw new DomainError('disk-failed', { reason: 'the picture cannot be written' }, { cause });
  }
}
