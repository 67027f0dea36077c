// The agent's environment: the only file that reads process.env. Defaults are here and nowhere else.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { z } from 'zod';

const flag = z
  .enum(['', '0', '1', 'true', 'false'])
  .default('')
  .transform((text) => text === '1' || text === 'true');

const Environment = z.object({
  SIDEMARK_AGENT_DATA: z.string().min(1).default('.data/site-agent'),
  SIDEMARK_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  SIDEMARK_ALLOW_HTTP: flag,
});

export interface AgentConfig {
  /** absolute path of the data directory */
  readonly dataDirectory: string;
  /** inference processes */
  readonly workers: number;
  /** plain HTTP beyond this machine is allowed on purpose */
  readonly allowHttp: boolean;
}

export interface ConfigOverrides {
  readonly data?: string;
  readonly allowHttp?: boolean;
  readonly workers?: number;
}

/**
 * Configuration from the environment, command line options first.
 * @throws DomainError `invalid-input` naming every variable that does not fit.
 */
export function loadConfig(
  overrides: ConfigOverrides = {},
  environment: NodeJS.ProcessEnv = process.env,
): AgentConfig {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DomainError('invalid-input', { fields });
  }
  return Object.freeze({
    dataDirectory: resolve(overrides.data ?? parsed.data.SIDEMARK_AGENT_DATA),
    workers: overrides.workers ?? parsed.data.SIDEMARK_WORKERS ?? availableParallelism(),
    allowHttp: overrides.allowHttp ?? parsed.data.SIDEMARK_ALLOW_HTTP,
  });
}
