// Roots over tau2 >= 0, solved to neighbouring doubles: nothing to tune, the same bits everywhere.

type Curve = (tau2: number) => number;

const decades = { from: -9, to: 3, steps: 8 } as const;
const mostHalvings = 200;

/** The root of a falling curve over [0, Infinity); 0 where it is not above 0 there. @param scale > 0, where to start */
export function fallingRoot(curve: Curve, scale: number): number {
  if (!(curve(0) > 0)) return 0;
  let high = scale;
  while (curve(high) > 0) high *= 4;
  return halve(curve, 0, high);
}

/**
 * Where the likelihood is highest: 0, or a place where its slope changes from above 0 to below, found on a grid of
 * eight points a decade from 1e-9 to 1e3 times `scale`.
 */
export function highestRoot(slope: Curve, likelihood: Curve, scale: number): number {
  const places = [0];
  let [before, slopeBefore] = [0, slope(0)];
  for (let step = decades.from * decades.steps; step <= decades.to * decades.steps; step++) {
    const here = scale * 10 ** (step / decades.steps);
    const slopeHere = slope(here);
    if (slopeBefore > 0 && slopeHere <= 0) places.push(halve(slope, before, here));
    [before, slopeBefore] = [here, slopeHere];
  }
  const heights = places.map(likelihood);
  return places[heights.indexOf(Math.max(...heights))]!;
}

/** @param curve above 0 at `low`, not above 0 at `high` */
function halve(curve: Curve, low: number, high: number): number {
  for (let step = 0; step < mostHalvings; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (curve(middle) > 0) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
