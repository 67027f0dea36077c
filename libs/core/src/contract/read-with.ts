import { z } from 'zod';

/**
 * `schema.safeParse` for what comes from outside. A value of which a length check would throw is refused like any other:
 * {"length": {"toString": 0}} is JSON, too.
 */
export function readWith<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return z.never('of another shape').safeParse(value);
  }
}
