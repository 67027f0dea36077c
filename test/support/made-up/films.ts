// Films that nobody took: what the models would say of them on every arm, drawn from the hospital's name. From there on
// everything is the agent's own arithmetic.
import type { Arm, ProtocolDocument } from '@sidemark/core/contract';
import type { DatasetRow } from '../../../apps/site-agent/src/dataset/registered-dataset.ts';
import type { ImageOutcome, MarkerFacts } from '../../../apps/site-agent/src/pipeline/image/image-outcome.ts';
import type { Hospital } from './hospitals.ts';
import { Dice } from './dice.ts';

export interface MadeUpFilms {
  readonly rows: readonly DatasetRow[];
  readonly outcomes: readonly ImageOutcome[];
}

interface Film {
  readonly label: 0 | 1;
  readonly severity: 0 | 1 | 2;
  /** how much of the finding is seen */
  readonly seen: number;
  /** what the marker says, as the first model learnt it; 0 without one */
  readonly hint: number;
  readonly placed: MarkerFacts | null;
  /** clipping changes it */
  readonly clips: boolean;
}

/** What is left of a marker's hint on each arm: clipping takes its brightness and leaves its shape. */
const left: Readonly<Record<Arm, number>> = { original: 1, inpainted: 0, clipped: 0.7, placebo: 1 };
/** How much a model heeds the hint, how well it sees on each arm, and how much of its map lies on a marker. */
interface MadeUpModel {
  readonly heeds: number;
  readonly sees: Readonly<Partial<Record<Arm, number>>>;
  readonly map: number;
}
const models: Readonly<Record<string, MadeUpModel>> = {
  'marker-trained': { heeds: 1.15, sees: { original: 1.35, inpainted: 1.2, clipped: 1.3 }, map: 0.34 },
  'inpaint-trained': { heeds: 0.08, sees: { original: 1.5, inpainted: 1.62, clipped: 1.5 }, map: 0.05 },
  'clip-trained': { heeds: 0.5, sees: { original: 1.38, inpainted: 1.4, clipped: 1.48 }, map: 0.16 },
};
const fold: MadeUpModel = { heeds: 0.3, sees: { original: 1.4, inpainted: 1.45, clipped: 1.4 }, map: 0 };

export function madeUpFilms(hospital: Hospital, { classifiers, arms }: ProtocolDocument): MadeUpFilms {
  const dice = new Dice(hospital.name);
  const people = [...repeat(1, hospital.patients[0]), ...repeat(0, hospital.patients[1])];
  const rows: DatasetRow[] = [];
  const outcomes: ImageOutcome[] = [];
  for (const [i, label] of people.entries())
    // every eleventh patient has two films
    for (let n = 0; n < (i % 11 === 0 ? 2 : 1); n++) {
      const film = filmOf(hospital, label, dice);
      rows.push(rowOf(hospital, film, i, rows.length, dice));
      outcomes.push(
        i % 83 === 82
          ? { kind: 'skipped', reason: 'view-not-allowed' }
          : outcomeOf(film, hospital, classifiers, arms, dice),
      );
    }
  return { rows, outcomes };
}

const repeat = (label: 0 | 1, n: number): (0 | 1)[] => Array.from({ length: n }, () => label);

function filmOf(hospital: Hospital, label: 0 | 1, dice: Dice): Film {
  const marked = dice.below(hospital.marked);
  const severity = label === 0 ? 0 : dice.below(0.45) ? 2 : 1;
  return {
    label,
    severity,
    seen: (label === 0 ? -0.75 : 0.35 + 0.45 * severity) + dice.normal(),
    hint: marked ? hospital.tells * (label === 1 ? 1 : -1) * 0.8 + 0.5 * dice.normal() : 0,
    placed: marked ? placeOf(hospital, label, dice) : null,
    clips: marked && (hospital.name === 'old-mill-hospital' ? dice.below(0.05) : dice.below(0.7)),
  };
}

/** Where markers tell of the finding, they do so by place and letter. */
function placeOf({ places, lead, tells }: Hospital, label: 0 | 1, dice: Dice): MarkerFacts {
  const lean = 0.35 * Math.abs(tells) * (label === 1 ? 1 : -1);
  const [x, y] = places[dice.below(0.55 + lean) ? 0 : places.length - 1]!;
  return {
    letter: dice.below(0.6 - 0.6 * lean) ? 'left' : 'right',
    look: dice.below(lead) ? 'lead' : 'digital',
    x: within(x + 0.05 * dice.normal()),
    y: within(y + 0.05 * dice.normal()),
    size: within(0.05 + 0.008 * dice.normal()),
    intensity: within(0.93 + 0.04 * dice.normal()),
  };
}

const within = (share: number): number => Math.min(0.999, Math.max(0.001, share));

function rowOf(hospital: Hospital, film: Film, patient: number, index: number, dice: Dice): DatasetRow {
  const { label, severity } = film;
  return {
    ...{ path: `${index}`, sha256: index.toString(16).padStart(64, '0'), label, class: severity },
    ...{ patient: `p${patient}`, view: 'PA', sex: dice.below(0.55) ? 'M' : 'F' },
    ...{ age: Math.floor(20 + 65 * dice.uniform()), vendor: hospital.vendor },
  };
}

function outcomeOf(
  film: Film,
  hospital: Hospital,
  classifiers: ProtocolDocument['classifiers'],
  arms: readonly Arm[],
  dice: Dice,
): ImageOutcome {
  const { placed, clips } = film;
  const scores = classifiers.map(({ id }) => scoresOf(id, film, hospital, arms, dice));
  return {
    kind: 'scored',
    scores,
    inert: { inpainted: placed === null, clipped: !clips, placebo: placed === null },
    placebo: placed === null ? 'none' : 'filled',
    markers: {
      ...{ left: placed?.letter === 'left' ? 1 : 0, right: placed?.letter === 'right' ? 1 : 0 },
      ...{ other: 0, needsReview: false },
    },
    swapped: classifiers.map(({ id }, i) =>
      id === 'severity' ? [] : glyphLogits(id, scores[i]![arms.indexOf('inpainted')]![0]!, dice),
    ),
    mapped: classifiers.map(({ id }) => arms.map((arm) => mapOf(id, film, arm, dice))),
    segmented: classifiers.map(() => []),
    census: placed === null ? [] : [placed],
  };
}

function scoresOf(
  id: string,
  film: Film,
  { offset }: Hospital,
  arms: readonly Arm[],
  dice: Dice,
): number[][] {
  const { heeds, sees } = models[id] ?? fold;
  const own = models[id] ? 0 : 0.35 * dice.normal();
  const [change, placebo, grade] = [0.25 * dice.normal(), 0.12 * dice.normal(), dice.normal()];
  const logit = (arm: Arm): number => {
    const touched = arm === 'inpainted' ? film.placed !== null : arm === 'clipped' ? film.clips : false;
    const seen = (touched ? sees[arm] : sees.original)! * film.seen;
    const hint = film.hint * heeds * (touched ? left[arm] : 1);
    const moved = touched && arm === 'inpainted' ? change * (0.3 + heeds) : 0;
    const filled = arm === 'placebo' && film.placed !== null ? placebo : 0;
    return round(seen + hint + own + moved + filled + offset - 0.35);
  };
  if (id !== 'severity') return arms.map((arm) => [logit(arm)]);
  return arms.map((arm) => {
    const at = logit(arm) * 0.9 + 0.5 * grade;
    return [round(0.8 - at), round(0.4 - Math.abs(at - 0.7)), round(at - 1.6)];
  });
}

/** Two letters of two looks in two corners: the right letter is what the first model learnt to fear. */
function glyphLogits(id: string, without: number, dice: Dice): number[] {
  const { heeds } = models[id] ?? fold;
  const effect = (glyph: number): number => heeds * (glyph < 4 ? -0.35 : 0.6) + 0.08 * dice.normal();
  return Array.from({ length: 8 }, (_, glyph) => round(without + effect(glyph)));
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;

function mapOf(id: string, film: Film, arm: Arm, dice: Dice) {
  const marker = (models[id]?.map ?? 0) * (arm === 'inpainted' ? 0.2 : arm === 'clipped' ? 0.75 : 1);
  const onMarker = film.placed === null ? 0 : within(marker + 0.08 * dice.normal());
  const onLesion = film.label === 0 ? 0 : within((0.6 - onMarker) * (0.7 + 0.2 * dice.normal()));
  return {
    print: Math.floor(dice.uniform() * 2 ** 40),
    shares: {
      marker: film.placed === null ? null : onMarker,
      lesion: film.label === 0 ? null : onLesion,
      elsewhere: within(1 - onMarker - onLesion),
    },
  };
}
