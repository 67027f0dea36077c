// Numbers as people read them: a true minus sign, as many digits as mean something.
const proper = (text: string): string => text.replace('-', '−');

/** AUC or share: three decimals. */
export const three = (x: number): string => proper(x.toFixed(3));

/** A difference always says its sign. */
export const signed = (x: number): string =>
  x >= 0.0005 ? `+${three(x)}` : three(Math.abs(x) < 0.0005 ? 0 : x);

export const percent = (x: number, digits = 0): string => `${x.toFixed(digits)}\u00a0%`;

/** Whole numbers with a thin space between thousands. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');

/** `p = 0.012`, `p < 0.001`, on one line. */
export const pText = (p: number): string =>
  p < 0.001 ? 'p\u00a0<\u00a00.001' : `p\u00a0=\u00a0${p.toFixed(3)}`;

/** `< 0.001` below that, otherwise three decimals. */
export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** Variances between sites span orders of magnitude. */
export const small = (x: number): string =>
  x === 0 ? '0' : x < 0.001 ? proper(x.toExponential(1)) : x.toFixed(4);

/** `0.812 [0.741, 0.866]`, each number by `show`. */
export function interval(
  show: (x: number) => string,
  { estimate, lower, upper }: { estimate: number; lower: number; upper: number },
): string {
  return `${show(estimate)} [${show(lower)}, ${show(upper)}]`;
}

/** The first twelve hex digits of a digest. */
export const shortDigest = (digest: string): string => digest.slice(0, 12);
