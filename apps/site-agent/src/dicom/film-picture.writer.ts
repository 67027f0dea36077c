// A film as an 8-bit PNG for a person to look at, as a viewer would show it.
import { type DicomImage, displayed } from '@sidemark/dicom';
import sharp from 'sharp';

/** @param path file to write; the picture stays at the site, like the film */
export async function writePicture(image: DicomImage, path: string): Promise<void> {
  const shown = displayed(image);
  const bytes = new Uint8Array(shown.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(255 * shown[i]!);
  await sharp(bytes, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path);
}
