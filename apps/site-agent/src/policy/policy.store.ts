// policy.yaml on disk, read anew at each decision so that an edit counts at once.
import { DomainError } from '@sidemark/core/errors';
import { parse } from 'yaml';
import { readIfThere, writeDurably } from '../platform/disk/durable-file.ts';
import { holdEverything, Policy, policyTemplate } from './policy.schema.ts';

export type PolicyReading =
  | { readonly source: 'file' | 'none'; readonly policy: Policy }
  | { readonly source: 'invalid'; readonly policy: Policy; readonly problem: DomainError };

function invalid(problems: readonly string[], cause: unknown): PolicyReading {
  return {
    source: 'invalid',
    policy: holdEverything,
    problem: new DomainError('policy-invalid', { problems }, { cause }),
  };
}

export class PolicyStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The policy in force; an invalid file holds everything and says what is wrong with it. */
  async read(): Promise<PolicyReading> {
    const text = await readIfThere(this.#path);
    if (text === undefined) return { source: 'none', policy: holdEverything };
    let value: unknown;
    try {
      value = parse(text);
    } catch (cause) {
      return invalid([String(cause instanceof Error ? cause.message.split('\n')[0] : cause)], cause);
    }
    const parsed = Policy.safeParse(value);
    if (parsed.success) return { source: 'file', policy: parsed.data };
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`,
    );
    return invalid(problems, parsed.error);
  }

  /** Writes the commented default. @throws DomainError `already-exists` */
  async init(): Promise<void> {
    if ((await readIfThere(this.#path)) !== undefined)
      throw new DomainError('already-exists', { file: 'policy.yaml' });
    await writeDurably(this.#path, policyTemplate);
  }
}
