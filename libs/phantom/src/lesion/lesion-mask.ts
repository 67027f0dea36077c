// The truth of a segmentation: where a lesion is plain.

/** Attenuation above which a point belongs to the lesion, as a share of the lesion's strongest point. */
const SHARE = 0.3;
/** Fainter lesions than this have no mask. */
const FAINT = 0.02;

/**
 * 1 where the lesion adds at least 0.3 of its strongest attenuation, 0 elsewhere; all 0 without a lesion.
 * @param lesion attenuation added per pixel, >= 0
 */
export function lesionMask(lesion: Float32Array): Uint8Array {
  let strongest = 0;
  for (const value of lesion) if (value > strongest) strongest = value;
  const mask = new Uint8Array(lesion.length);
  if (strongest < FAINT) return mask;
  const level = SHARE * strongest;
  for (let i = 0; i < mask.length; i++) if (lesion[i]! >= level) mask[i] = 1;
  return mask;
}
