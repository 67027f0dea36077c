// The check of a film before any figure: how it lies, what the protocol does about it, and what is noted.
import type { DetectorManifest, ProtocolDocument, SkipReason } from '@sidemark/core/contract';
import {
  type Detection,
  type Fault,
  faultsOf,
  flagOnly,
  type GrayImage,
  judgeFilm,
  markerDisagrees,
  settleFilm,
  type SideMarker,
  type Turn,
} from '@sidemark/core/imaging';
import type { Film } from '../../dataset/film/film.reader.ts';
import { sideOf } from './markers/find-markers.ts';
import type { FilmFlags, ImageOutcome } from './image-outcome.ts';

const reasons: Record<Fault, SkipReason> = {
  inverted: 'polarity-not-allowed',
  mirrored: 'orientation-not-allowed',
  rotated: 'orientation-not-allowed',
  lateral: 'view-not-allowed',
};

export type LaidFilm =
  | { excluded: ImageOutcome }
  | {
      excluded?: undefined;
      film: GrayImage;
      /** what was done to the film; its ground truth needs the same */
      turn: Turn;
      flags: FilmFlags;
      /** holds the letters that were found on it against the header; only ever a flag */
      disagrees: (found: readonly Detection[], detector: DetectorManifest) => boolean;
    };

export function settleOrientation(film: Film, policy: ProtocolDocument['orientation']): LaidFilm {
  const judgement = judgeFilm(film, film);
  const faults = faultsOf(judgement);
  const undeclared = judgement.orientation.verdict === 'undeclared';
  const flags: FilmFlags = {
    polarity: judgement.polarity.verdict,
    faults,
    undeclared,
    corrected: false,
    markerDisagrees: false,
  };
  const settled = settleFilm(film, judgement, policy ?? flagOnly);
  if (settled.kind === 'excluded')
    return { excluded: { kind: 'skipped', reason: reasons[settled.fault], flags } };
  const { rest, turn } = settled;
  const facts = {
    width: settled.film.width,
    turn: rest,
    lateral: faults.includes('lateral'),
    laterality: film.laterality,
  };
  return {
    film: settled.film,
    turn,
    flags: { ...flags, corrected: settled.film !== film },
    disagrees: (found, { labels }) => markerDisagrees(sideMarkers(found, labels), facts),
  };
}

function sideMarkers(found: readonly Detection[], labels: readonly string[]): SideMarker[] {
  return found.flatMap(({ box, label }) => {
    const side = sideOf(labels[label] ?? '');
    return side === 'other' ? [] : [{ side, box }];
  });
}
