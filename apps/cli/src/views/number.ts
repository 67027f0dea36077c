// How numbers read in tables: AUCs and differences with three decimals, a dash where there is none.
export const three = (x: number): string => x.toFixed(3);
export const signed = (x: number): string => `${x < 0 ? '-' : '+'}${Math.abs(x).toFixed(3)}`;
export const percent = (x: number): string => `${x.toFixed(1)} %`;

/** p values: three decimals, "< 0.001" below that. */
export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
