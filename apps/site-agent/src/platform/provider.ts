// A Nest provider whose parts are checked by the compiler: esbuild writes no decorator metadata, and a list of tokens
// beside a factory could name them in another order.
import type { Provider } from '@nestjs/common';

type Part<T = unknown> = abstract new (...parts: never[]) => T;
type Made<P extends readonly Part[]> = { [I in keyof P]: P[I] extends Part<infer T> ? T : never };

/** Provides `part`, made from `parts`. */
export function provide<T, const P extends readonly Part[]>(
  part: Part<T>,
  parts: P,
  make: (...made: Made<P>) => T | Promise<T>,
): Provider {
  return { provide: part, inject: [...parts], useFactory: make };
}
