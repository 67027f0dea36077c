// Pictures for people of the site, as PNG files: made on request, on this machine, and never sent.
import { rename, rm, writeFile } from 'node:fs/promises';
import { DomainError } from '@sidemark/core/errors';
import sharp from 'sharp';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB or grey, row-major, 8 bits */
  readonly pixels: Uint8Array;
}

/**
 * Writes the whole file or none; readable by who asked, as a film is.
 * @throws DomainError `disk-failed`
 */
export async function writePicture(path: string, { width, height, pixels }: Picture): Promise<void> {
  const part = `${path}.part`;
  const grey = pixels.length === width * height;
  try {
    const png = await sharp(pixels, { raw: { width, height, channels: grey ? 1 : 3 } })
      .toColourspace(grey ? 'b-w' : 'srgb')
      .png()
      .toBuffer();
    await writeFile(part, png, { mode: 0o600 });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw new DomainError('disk-failed', { reason: 'the picture cannot be written' }, { cause });
  }
}
