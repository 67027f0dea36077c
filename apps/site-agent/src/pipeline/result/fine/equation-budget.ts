// Each figure about the truth is an equation about the labels. Who knows the films solves as many as there are patients,
// so the finer figures of a report are no more than half the patients of the smallest class; the rest is left out.
import { sha256 } from '@sidemark/core/signing';

/** Patients of the smallest class for one equation. */
const patientsPerEquation = 2;

/** Equations of one figure. */
export interface Equations {
  /** the same for the same figure of the same patients; tells nothing else */
  readonly key: string;
  readonly count: number;
}

export class EquationBudget {
  #left: number;
  readonly #taken: Equations[] = [];

  /** @param smallestClass patients. @param floor at 1 nothing is left out */
  constructor(smallestClass: number, floor: number) {
    this.#left = floor <= 1 ? Infinity : Math.floor(smallestClass / patientsPerEquation);
  }

  /** what is shown */
  get taken(): readonly Equations[] {
    return this.#taken;
  }

  /** False, and nothing is taken, when there are not as many left. @param figure whatever the figure is computed from */
  take(count: number, figure: string): boolean {
    if (count > this.#left) return false;
    this.#left -= count;
    if (count > 0) this.#taken.push({ key: sha256(figure).slice(0, 16), count });
    return true;
  }
}
