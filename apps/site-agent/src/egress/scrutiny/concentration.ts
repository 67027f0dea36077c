// Many classifiers, each of them harmless, can ask one question together: a patient put on top of noise that is fresh in each
// is seen in the sum of their AUCs. An AUC is a sum over patients of rank times label, so what a sum of AUCs tells of one
// label is measured by that patient's share in the sum of the rank curves.

/** Who carries more than this share can be guessed right in more than 72 of 100 cases: Phi(sqrt(share / (1 - share))). */
export const mostShare = 0.25;

/** Curves looked at together; of more, the latest. */
const together = 200;

/**
 * The largest share of the squares that one patient has in a sum of the curves, each added or taken away as it suits that patient.
 * 0 without curves. O(patients x cells^2).
 * @param curves midranks of each classifier, parallel to patients
 */
export function largestShare(curves: readonly (readonly number[])[], patients: readonly number[]): number {
  const cells = curves.slice(-together).map((ranks) => byPatient(ranks, patients));
  const products = cells.map((a) => cells.map((b) => dot(a, b)));
  let largest = 0;
  for (let patient = 0; patient < (cells[0]?.length ?? 0); patient++) {
    const signs = cells.map((cell) => Math.sign(cell[patient]!));
    const own = cells.reduce((sum, cell) => sum + Math.abs(cell[patient]!), 0);
    const all = dot(
      products.map((line) => dot(line, signs)),
      signs,
    );
    if (all > 0) largest = Math.max(largest, (own * own) / all);
  }
  return largest;
}

/** Ranks about their mean, averaged over the images of each patient: many films of one are no question about one. */
function byPatient(ranks: readonly number[], patients: readonly number[]): number[] {
  const sums = new Map<number, { rank: number; images: number }>();
  const mean = (ranks.length + 1) / 2;
  ranks.forEach((rank, row) => {
    const sum = sums.get(patients[row]!) ?? { rank: 0, images: 0 };
    sum.rank += rank - mean;
    sum.images++;
    sums.set(patients[row]!, sum);
  });
  return [...sums.values()].map(({ rank, images }) => rank / images);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
