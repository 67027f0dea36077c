// One film from person to pixels, with everything that is true about it.
import { clipBox, type GrayImage } from '@sidemark/core/imaging';
import { drawChest } from '../anatomy/chest.ts';
import { drawHabitus } from '../anatomy/habitus.ts';
import { drawLesion, type FilmClass } from '../lesion/lesion.ts';
import { lesionMask } from '../lesion/lesion-mask.ts';
import { blendMarker, type PlacedMarker, seenWithin } from '../markers/place.ts';
import type { Random } from '../random.ts';
import { drawExposure, expose, exposeAgain, type Exposure, openField } from '../scanner/expose.ts';
import type { SiteProfile } from './profile.ts';

export interface Film {
  /** bone white, markers drawn in */
  film: GrayImage;
  /** the same film, pixel for pixel, without any marker */
  clean: GrayImage;
  /** the markers that show: metal under the collimator leaves nothing on the film, and in part only the rest */
  markers: readonly PlacedMarker[];
  /** 1 = lesion, row-major */
  mask: Uint8Array;
}

/** Lead is this much denser than anything in a body. */
const LEAD = 1.02;

/** Draws a film; same profile, class, markers and stream, same pixels. */
export function drawFilm(
  site: SiteProfile,
  patient: { sex: 'F' | 'M' },
  kind: FilmClass,
  markers: readonly PlacedMarker[],
  random: Random,
): Film {
  const { side, bits } = site.film;
  const strength = random.fork('strength').between(...site.strength);
  const body = drawHabitus(random.fork('habitus'), patient.sex);
  const lesion = drawLesion(kind, strength, random.fork('lesion'));
  const chest = drawChest(side, body, lesion, random.fork('chest'));
  const exposure = drawExposure(site.scanner, side, random.fork('exposure'));
  const clean = expose(chest.attenuation, side, exposure, bits);
  const film = { ...clean, pixels: clean.pixels.slice() };
  drawInBeam(film, markers.filter(isInBeam), chest.attenuation, exposure);
  for (const marker of markers) {
    if (!isInBeam(marker)) blendMarker(film.pixels, film, marker, { black: 0, white: film.maxValue });
  }
  const field = openField(exposure, side);
  const shown = markers.flatMap((one) => (isInBeam(one) ? (seenWithin(one, field) ?? []) : one));
  return { film, clean, markers: shown, mask: lesionMask(chest.lesion, side * side) };
}

function isInBeam({ piece }: PlacedMarker): boolean {
  return piece.look === 'lead' || piece.look === 'cutout';
}

/** Metal lies on the body before the exposure: it is added to the attenuation, and the film around it exposed again. */
function drawInBeam(
  film: GrayImage,
  markers: readonly PlacedMarker[],
  attenuation: Float32Array,
  exposure: Exposure,
): void {
  for (const marker of markers) blendMarker(attenuation, film, marker, { black: 0, white: LEAD });
  for (const { x, y, side } of markers) {
    const stamp = { x1: x, y1: y, x2: x + side, y2: y + side };
    exposeAgain(film, clipBox(stamp, film.width, film.height), attenuation, exposure);
  }
}
