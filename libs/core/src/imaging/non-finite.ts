// The one refusal of pixel arithmetic: a model that returns NaN or an infinity is not composited.

/** A model returned a value that is not a finite number; the caller skips the image and counts the code. */
export class NonFiniteError extends RangeError {
  readonly code = 'non-finite';

  constructor(what: string) {
    super(`invalid ${what}; every value must be finite`);
    this.name = 'NonFiniteError';
  }
}

/**
 * Passes finite values through.
 * @throws NonFiniteError at the first NaN or infinity
 */
export function requireFinite(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new NonFiniteError(what);
  }
}
