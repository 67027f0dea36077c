// One question that the console answers. Paths are patterns without a host; ids in them are checked where they are used.
import { readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';

export interface Answer {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  answer(params: readonly string[], body: unknown): Promise<Answer>;
}

const pathOf = (path: string): RegExp => new RegExp(`^/api/${path.replaceAll(/:\w+/g, '([^/]+)')}$`);

const json = (value: unknown): Answer => ({
  type: 'application/json; charset=utf-8',
  bytes: JSON.stringify(value),
});

/** A question: what is asked for stands in the path. */
export function get(path: string, answer: (...params: string[]) => Promise<unknown>): Route {
  return { method: 'GET', path: pathOf(path), answer: async (params) => json(await answer(...params)) };
}

/** Bytes that are no JSON. */
export function bytes(path: string, answer: (...params: string[]) => Promise<Answer>): Route {
  return { method: 'GET', path: pathOf(path), answer: (params) => answer(...params) };
}

/** A wish with a body. @throws DomainError `invalid-input` for one that does not fit */
export function post<S extends z.ZodType>(
  path: string,
  schema: S,
  answer: (body: z.output<S>, ...params: string[]) => Promise<unknown>,
): Route {
  return {
    method: 'POST',
    path: pathOf(path),
    answer: async (params, body) => {
      const read = readWith(schema, body);
      if (!read.success) {
        const fields = read.error.issues.map(
          (issue) => `${issue.path.join('.') || '(body)'}: ${issue.message}`,
        );
        throw new DomainError('invalid-input', { fields });
      }
      return json(await answer(read.data, ...params));
    },
  };
}
