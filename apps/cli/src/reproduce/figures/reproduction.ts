// Everything the page says in figures, from the evidence of the runs: what `docs/reproduction.json` holds.
import type { Evidence, Place, RunEvidence, RunFacts } from '../evidence.ts';
import { ONE_SEED } from '../recipes.ts';
import { fillFigures, type FillFigures, foldFigures, type FoldFigures } from './beyond.ts';
import { type Goal, goalsOf } from './goals.ts';
import { realHospitals, type RealHospital } from './radiographs.ts';
import { labelFromMarker, type LabelFromMarker } from './reliance.ts';
import { seedFigures, type SeedFigures } from './seed.ts';
import { swapFigures, type SwapFigures } from './swap.ts';

export interface RunDigest {
  readonly name: string;
  readonly protocol: string;
  readonly sites: readonly {
    name: string;
    role: Place;
    qualification: string;
    films: number;
    payloadDigest: string;
    resultDigest: string;
  }[];
}

export interface Reproduction {
  readonly schema: 'sidemark.reproduction/1';
  readonly facts: RunFacts;
  readonly goals: readonly Goal[];
  readonly seeds: readonly SeedFigures[];
  readonly folds: readonly FoldFigures[];
  readonly labelFromMarker: readonly LabelFromMarker[];
  readonly fills: readonly FillFigures[];
  /** null: not among the runs */
  readonly swap: SwapFigures | null;
  readonly radiographs: readonly RealHospital[];
  readonly runs: readonly RunDigest[];
  readonly releaseKey: string;
}

export function reproductionOf({ facts, runs }: Evidence): Reproduction {
  const named = (name: string): RunEvidence | undefined => runs.find((run) => run.name === name);
  const seeds = facts.seeds.flatMap((seed) => {
    const run = named(`seed-${seed}`);
    return run ? [seedFigures(run, seed)] : [];
  });
  const [folds, real, swap, one] = ['folds', 'radiographs', 'swap', `seed-${ONE_SEED}`].map(named);
  const filled = [...(one ? [one] : []), ...runs.filter(({ name }) => name.startsWith('fill-'))];
  return {
    schema: 'sidemark.reproduction/1',
    facts,
    goals: goalsOf(seeds),
    seeds,
    folds: folds ? foldFigures(folds) : [],
    labelFromMarker: one ? labelFromMarker(one) : [],
    fills: filled.map(fillFigures),
    swap: swap ? swapFigures(swap) : null,
    radiographs: real ? realHospitals(real) : [],
    runs: runs.map(digestsOf),
    releaseKey: runs[0]?.fingerprint ?? '',
  };
}

function digestsOf({ name, protocolDigest, sites }: RunEvidence): RunDigest {
  return {
    name,
    protocol: protocolDigest,
    sites: sites.map(({ name: site, role, qualification, result, payloadDigest, resultDigest }) => ({
      name: site,
      role,
      qualification,
      films: result.images.evaluated.images,
      payloadDigest,
      resultDigest,
    })),
  };
}
