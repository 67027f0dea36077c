// Axes: a linear scale and round ticks on it.
export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
  /** of a tick, with the decimals that tell ticks apart */
  readonly said: (tick: number) => string;
}

/**
 * @param values what must lie on the axis, at least one @param range from and to in units of the drawing
 * @param limits beyond which the axis never goes, e.g. 0 and 1 of an AUC
 */
export function scaleOver(
  values: readonly number[],
  range: readonly [number, number],
  limits: readonly [number, number] = [-Infinity, Infinity],
): Scale {
  const kept = values.map((value) => Math.min(Math.max(value, limits[0]), limits[1]));
  const [least, most] = [Math.min(...kept), Math.max(...kept)];
  const span = most - least || 0.1;
  const step = roundStep(span / 5);
  const low = Math.max(limits[0], Math.floor(least / step - 0.15) * step);
  const high = Math.min(limits[1], Math.ceil(most / step + 0.15) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => low + i * step).filter(
    (tick) => tick <= high + 1e-9,
  );
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    domain: [low, high],
    ticks,
    at: (value) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]),
    said: (tick) => (Math.abs(tick) < step / 1e6 ? '0' : tick.toFixed(decimals).replace('-', '\u2212')),
  };
}

/** 1, 2 or 5 times a power of ten, not below the wish. */
function roundStep(wish: number): number {
  const power = 10 ** Math.floor(Math.log10(wish));
  return ([1, 2, 5].find((factor) => factor * power >= wish * (1 - 1e-9)) ?? 10) * power;
}
