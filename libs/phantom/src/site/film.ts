// One film from person to pixels, with everything that is true about it.
import type { GrayImage } from '@sidemark/core/imaging';
import { drawChest } from '../anatomy/chest.ts';
import { drawHabitus } from '../anatomy/habitus.ts';
import { drawLesion, type FilmClass } from '../lesion/lesion.ts';
import { lesionMask } from '../lesion/lesion-mask.ts';
import { blendMarker, type PlacedMarker } from '../markers/place.ts';
import type { Random } from '../random.ts';
import { drawExposure, expose } from '../scanner/expose.ts';
import type { SiteProfile } from './profile.ts';

export interface Film {
  /** bone white, markers drawn in */
  film: GrayImage;
  /** draws the same film, pixel for pixel, without any marker */
  clean: () => GrayImage;
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
  const clean = (): GrayImage => expose(chest.attenuation, side, exposure, bits);
  const inBeam = markers.filter((one) => one.piece.look === 'lead' || one.piece.look === 'cutout');
  const frame = { width: side, height: side };
  const beam = chest.attenuation.slice();
  for (const marker of inBeam) blendMarker(beam, frame, marker, { black: 0, white: LEAD });
  const film = expose(beam, side, exposure, bits);
  for (const marker of markers) {
    if (!inBeam.includes(marker)) {
      blendMarker(film.pixels, frame, marker, { black: 0, white: film.maxValue });
    }
  }
  return { film, clean, mask: lesionMask(chest.lesion) };
}
