// The colour of an AUC: ColorBrewer's YlGnBu, which people with any colour vision read as light to dark, and print keeps.
import { scaleLinear } from 'd3-scale';
import { luminance } from '../frame/contrast.ts';

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

/** Black or white, whichever is told apart better from the colour. */
export const inkOn = (auc: number): string => (luminance(colour(auc)) > 0.179 ? '#000000' : '#ffffff');
