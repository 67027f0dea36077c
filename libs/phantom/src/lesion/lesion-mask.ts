// The truth of a segmentation: where a lesion is plain.

/** Attenuation above which a point belongs to the lesion, as a share of the lesion's strongest point. */
const SHARE = 0.3;
/** Fainter lesions than this have no mask. */
const FAINT = 0.02;

/**
 * 1 where the lesion adds at least 0.3 of its strongest attenuation, 0 elsewhere; all 0 without a lesion.
 * @param lesion attenuation added per pixel, >= 0
 * @param length px of the film
 */
export function lesionMask(lesion: Float32Array | undefined, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  if (!lesion) return mask;
  let strongest = 0;
  for (let i = 0; i < length; i++) if (lesion[i]! > strongest) strongest = lesion[i]!;
  if (strongest < FAINT) return mask;
  const level = SHARE * strongest;
  for (let i = 0; i < mask.length; i++) if (lesion[i]! >= level) mask[i] = 1;
  return mask;
}
