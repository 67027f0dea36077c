// Addresses from where a reader of a run is: each changes one thing and keeps the rest.
import { asItComes, type ArmName, type FigureRef, hrefs, type RunView } from './route.ts';

export interface Links {
  readonly run: string;
  /** the whole run as it comes */
  readonly home: string;
  figure(figure: FigureRef): string;
  model(id: string): string;
  arms(a: ArmName, b: ArmName): string;
  section(id: string): string;
  /** which signed reports a number rests on. @param digests of payloads; all reports that count where it is left out */
  from(digests?: readonly string[]): string;
  /** without the provenance that is open */
  readonly closed: string;
}

/** As much of a digest as an address needs. */
const digits = 12;

export function linksFrom(run: string, figure: FigureRef | null, view: RunView): Links {
  const to = (change: Partial<RunView>): string =>
    hrefs.figure(run, figure, { ...view, at: null, from: null, ...change });
  return {
    run,
    home: hrefs.run(run),
    figure: (other) => hrefs.figure(run, other, { ...view, at: 'answer', from: null }),
    model: (model) => to({ model, at: 'model' }),
    arms: (a, b) => to({ arms: [a, b], at: 'agreement' }),
    section: (at) => to({ at }),
    from: (digests) => to({ from: digests === undefined ? 'all' : shortened(digests) }),
    closed: to({}),
  };
}

function shortened(digests: readonly string[]): string {
  const own = new Set(digests.map((digest) => digest.slice(0, digits)));
  return [...own].join('.');
}

/** Whether a report belongs to what `from` asks for. */
export function isAskedFor(from: string, payloadDigest: string): boolean {
  return from === 'all' || from.split('.').includes(payloadDigest.slice(0, digits));
}

/** For tests and pages that show a run as it comes. */
export const plainLinks = (run: string): Links => linksFrom(run, null, asItComes);
