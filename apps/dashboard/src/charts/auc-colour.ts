// The colour of an AUC: ColorBrewer's YlGnBu, which people with any colour vision read as light to dark, and print keeps.
import { scaleLinear } from 'd3-scale';

const ramp = [
  '#ffffd9',
  '#edf8b1',
  '#c7e9b4',
  '#7fcdbb',
  '#41b6c4',
  '#1d91c0',
  '#225ea8',
  '#253494',
  '#081d58',
];
/** Chance and worse share the lightest colour: the number says which. */
export const aucRange = [0.5, 1] as const;

const stops = ramp.map((_, i) => aucRange[0] + ((aucRange[1] - aucRange[0]) * i) / (ramp.length - 1));
const colour = scaleLinear<string>(stops, ramp).clamp(true);

export const aucColour = (auc: number): string => colour(auc);

/** Black or white, whichever is told apart better from the colour (WCAG 2 relative luminance). */
export function inkOn(auc: number): string {
  const [r = 0, g = 0, b = 0] = (colour(auc).match(/\d+/g) ?? []).map((text) => {
    const c = Number(text) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}
