// Parses a body, query or parameter with the contract's schema; what does not fit never reaches a service.
import { readWith } from '@sidemark/core/contract';
import { Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '@sidemark/core/errors';

/** `path: message` of every issue, at most twenty. */
export function issueLines(error: z.ZodError): string[] {
  return error.issues.slice(0, 20).map((issue) => `${issue.path.join('.') || '(body)'}: ${issue.message}`);
}

/** @throws DomainError `invalid-input` naming every field that does not fit. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = readWith(schema, value);
  if (!parsed.success) throw new DomainError('invalid-input', { fields: issueLines(parsed.error) });
  return parsed.data;
}

/** `@Body(new ZodPipe(CreateStudy)) body: CreateStudy`, `@Param('id', new ZodPipe(Id)) id: string` */
@Injectable()
export class ZodPipe<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  transform(value: unknown): T {
    return parseInput(this.schema, value);
  }
}
