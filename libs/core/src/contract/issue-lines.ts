// Why a document does not fit its schema, in lines that a person can act on.
import type { z } from 'zod';

/** One line per problem: `input.image.size: unknown field "hh"`. @param whole what to call the document itself */
export function issueLines(issues: z.core.$ZodIssue[], whole: string): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.') || whole;
    if (issue.code !== 'unrecognized_keys') return [`${path}: ${issue.message}`];
    return issue.keys.map((key) => `${path}: unknown field "${key}"`);
  });
}
