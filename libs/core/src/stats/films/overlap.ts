// The overlap of prediction and truth on one film: Dice and Jaccard.

/** What a film counts on which neither truth nor prediction holds a lesion. */
export type BothEmpty = 'one' | 'excluded';

/**
 * 2 TP / (2 TP + FP + FN), in 0..1; 0 where one side alone is empty. Both empty: 1, or undefined when excluded.
 * @param counts pixels, each >= 0
 * Source: Dice 1945; both-empty as in Reinke et al. 2024, "Understanding metric-related pitfalls".
 */
export function dice(
  { tp, fp, fn }: { readonly tp: number; readonly fp: number; readonly fn: number },
  bothEmpty: BothEmpty,
): number | undefined {
  const size = 2 * tp + fp + fn;
  if (size > 0) return (2 * tp) / size;
  return bothEmpty === 'one' ? 1 : undefined;
}

/**
 * TP / (TP + FP + FN), in 0..1 (intersection over union); empty masks as in `dice`, of which it is d / (2 - d).
 * @param counts pixels, each >= 0
 * Source: Jaccard 1912. Checked: golden/overlap.json (scikit-learn 1.2).
 */
export function jaccard(
  { tp, fp, fn }: { readonly tp: number; readonly fp: number; readonly fn: number },
  bothEmpty: BothEmpty,
): number | undefined {
  const union = tp + fp + fn;
  if (union > 0) return tp / union;
  return bothEmpty === 'one' ? 1 : undefined;
}
