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
  SIDEMARK_CONSOLE_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  SIDEMARK_CA_FILE: z.string().optional(),
  SIDEMARK_PASSPHRASE_FILE: z.string().optional(),
  SIDEMARK_METRICS_PORT: z
    .literal('')
    .transform(() => undefined)
    .or(z.coerce.number().int().min(0).max(65_535))
    .optional(),
});

/** A variable that others named: lower case first, as curl has it; an empty one is none. */
function conventional(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name.toLowerCase()] || environment[name] || undefined;
}

/** How the network of this site wants to be used; judged by `link/outbound.ts`, when something is to go out. */
export interface NetworkConfig {
  /** proxy for http:// and for https:// addresses, as given */
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  /** hosts that are reached without the proxy, as given */
  readonly noProxy?: string | undefined;
  /** absolute path of a PEM file with more roots than the built-in ones */
  readonly caFile?: string | undefined;
}

export interface AgentConfig {
  /** absolute path of the data directory */
  readonly dataDirectory: string;
  /** inference processes */
  readonly workers: number;
  /** plain HTTP beyond this machine is allowed on purpose */
  readonly allowHttp: boolean;
  readonly network: NetworkConfig;
  /** port of the console on loopback, 0: any that is free; absent: no console */
  readonly consolePort?: number | undefined;
  /** absolute path of a file that holds the passphrase of the site key */
  readonly passphraseFile?: string | undefined;
  /** on 127.0.0.1, 0: a free one; undefined: nothing is served for monitoring */
  readonly metricsPort?: number | undefined;
}

export interface ConfigOverrides {
  readonly data?: string;
  readonly allowHttp?: boolean;
  readonly workers?: number;
  readonly consolePort?: number;
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
  const { SIDEMARK_CA_FILE: caFile, SIDEMARK_PASSPHRASE_FILE: passphraseFile } = parsed.data;
  return Object.freeze({
    dataDirectory: resolve(overrides.data ?? parsed.data.SIDEMARK_AGENT_DATA),
    workers: overrides.workers ?? parsed.data.SIDEMARK_WORKERS ?? availableParallelism(),
    allowHttp: overrides.allowHttp ?? parsed.data.SIDEMARK_ALLOW_HTTP,
    consolePort: overrides.consolePort ?? parsed.data.SIDEMARK_CONSOLE_PORT,
    passphraseFile: passphraseFile ? resolve(passphraseFile) : undefined,
    metricsPort: parsed.data.SIDEMARK_METRICS_PORT,
    network: Object.freeze({
      httpProxy: conventional(environment, 'HTTP_PROXY'),
      httpsProxy: conventional(environment, 'HTTPS_PROXY'),
      noProxy: conventional(environment, 'NO_PROXY'),
      caFile: caFile ? resolve(caFile) : undefined,
    }),
  });
}
