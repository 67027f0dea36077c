// How numbers read on paper: three decimals, a true minus, a dash where there is none.
export type Show = (x: number) => string;

const trueMinus = (said: string): string => said.replace('-', '\u2212');

export const none = '\u2013';
export const three: Show = (x) => trueMinus(x.toFixed(3));
export const two: Show = (x) => trueMinus(x.toFixed(2));
export const signed: Show = (x) => (Math.abs(x) < 0.0005 ? '0.000' : x < 0 ? three(x) : `+${x.toFixed(3)}`);
export const percent: Show = (x) => `${x.toFixed(1)} %`;
/** `95 %`, `97.5 %` */
export const levelText: Show = (level) => `${Number((100 * level).toFixed(2))} %`;
export const count: Show = (n) => n.toLocaleString('en').replaceAll(',', '\u2009');
export const small: Show = (x) => (x === 0 ? '0' : x < 0.0005 ? '< 0.0005' : x.toFixed(4));

export const pText: Show = (p) => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);
export const pCell = (p: number | null): string => (p === null ? none : p < 0.001 ? '< 0.001' : p.toFixed(3));

export const intervalText = ({ lower, upper }: { lower: number; upper: number }, show: Show): string =>
  `${show(lower)} to ${show(upper)}`;

/** e.g. `+0.021 (−0.005 to +0.046)` */
export const estimateText = (
  { estimate, ...interval }: { estimate: number; lower: number; upper: number },
  show: Show,
): string => `${show(estimate)} (${intervalText(interval, show)})`;

export const plural = (n: number, noun: string, many = `${noun}s`): string =>
  `${count(n)} ${n === 1 ? noun : many}`;

/** `2026-11-27T09:30:00.000Z` as `2026-11-27 09:30 UTC` */
export const instantText = (instant: string): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** Enough of a digest to tell two apart at a glance. */
export const shortDigest = (digest: string): string => `${digest.slice(0, 12)}\u2026`;
