// The check of a film before any figure: its polarity and how it hangs, and what a protocol wants done about them.
import { type GrayImage, invertPolarity } from '../gray-image.ts';
import { type HangingFacts, judgeOrientation, type OrientationJudgement } from './orientation.ts';
import { judgePolarity, type PolarityJudgement } from './polarity.ts';
import { type Turn, turnPicture } from './turn.ts';

export interface FilmJudgement {
  polarity: PolarityJudgement;
  orientation: OrientationJudgement;
}

/** What is done about a film that is not as it should be; it is flagged in any case. */
export interface OrientationPolicy {
  inverted: 'flag' | 'exclude' | 'correct';
  mirrored: 'flag' | 'exclude' | 'correct';
  rotated: 'flag' | 'exclude' | 'correct';
  lateral: 'flag' | 'exclude';
}

export type Fault = keyof OrientationPolicy;

export const flagOnly: OrientationPolicy = {
  inverted: 'flag',
  mirrored: 'flag',
  rotated: 'flag',
  lateral: 'flag',
};

/**
 * Judges a film as the reader gives it: bone white, as far as its header tells. The polarity is judged on the film
 * turned upright where the header says how, and left undecided where it names another part of the body than the chest.
 */
export function judgeFilm(film: GrayImage, facts: HangingFacts): FilmJudgement {
  const orientation = judgeOrientation(facts);
  const { score, verdict } = judgePolarity(turnPicture(film, orientation.turn));
  const chest = /^$|CHEST|THORAX|LUNG|RIB/i.test(facts.bodyPart ?? '');
  return { polarity: { score, verdict: chest ? verdict : 'undecided' }, orientation };
}

/** What is wrong with the film, in the order of the policy. */
export function faultsOf({ polarity, orientation: { verdict } }: FilmJudgement): Fault[] {
  const faults: Record<Fault, boolean> = {
    inverted: polarity.verdict === 'inverted' && verdict !== 'lateral',
    mirrored: verdict === 'mirrored' || verdict === 'rotated-mirrored',
    rotated: verdict === 'rotated' || verdict === 'rotated-mirrored',
    lateral: verdict === 'lateral',
  };
  return (Object.keys(faults) as Fault[]).filter((fault) => faults[fault]);
}

export type SettledFilm =
  | { kind: 'excluded'; fault: Fault }
  | {
      kind: 'kept';
      film: GrayImage;
      /** what was done to the film; a mask in its size needs the same */
      turn: Turn;
      /** would turn upright what is kept */
      rest: Turn;
    };

/** The film as the protocol wants it: excluded, corrected bit for bit, or the very same object. */
export function settleFilm(
  film: GrayImage,
  judgement: FilmJudgement,
  policy: OrientationPolicy,
): SettledFilm {
  const faults = faultsOf(judgement);
  const excluded = faults.find((fault) => policy[fault] === 'exclude');
  if (excluded) return { kind: 'excluded', fault: excluded };
  const corrects = (fault: Fault): boolean => faults.includes(fault) && policy[fault] === 'correct';
  const { turn: upright } = judgement.orientation;
  const turn: Turn = {
    quarters: corrects('rotated') ? upright.quarters : 0,
    mirrored: corrects('mirrored') && upright.mirrored,
  };
  const turned = turnPicture(film, turn);
  const rest: Turn = {
    quarters: turn.quarters === 0 ? upright.quarters : 0,
    mirrored: upright.mirrored && !turn.mirrored,
  };
  return { kind: 'kept', film: corrects('inverted') ? invertPolarity(turned) : turned, turn, rest };
}
