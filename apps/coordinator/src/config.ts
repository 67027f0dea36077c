// The coordinator's settings: the one place that reads the environment. .env.example says the same to people.
import { join, resolve } from 'node:path';
import { z } from 'zod';

const minutes = z.coerce
  .number()
  .min(0.01)
  .max(24 * 60);

export const Environment = z.object({
  SIDEMARK_DATA_DIR: z.string().min(1).default('.data/coordinator'),
  SIDEMARK_HOST: z.string().min(1).default('127.0.0.1'),
  SIDEMARK_PORT: z.coerce.number().int().min(0).max(65_535).default(7130),
  SIDEMARK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SIDEMARK_ADMIN_TOKEN_FILE: z.string().min(1).optional(),
  SIDEMARK_SESSION_MINUTES: minutes.default(15),
  SIDEMARK_OFFER_HOURS: z.coerce
    .number()
    .min(0.01)
    .max(24 * 365)
    .default(168),
});

export interface Config {
  readonly dataDir: string;
  readonly host: string;
  /** 0: a free one */
  readonly port: number;
  /** undefined: the address it listens on */
  readonly publicUrl: string | undefined;
  /** undefined: an embedded PostgreSQL under the data directory */
  readonly databaseUrl: string | undefined;
  readonly adminTokenFile: string | undefined;
  readonly sessionMinutes: number;
  readonly offerHours: number;
}

/** Nest token of the Config. */
export const CONFIG = Symbol('Config');

export class ConfigError extends Error {}

const blankIsUnset = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/** @throws ConfigError naming every problem at once. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(blankIsUnset(env));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(['The settings cannot be used (see .env.example):', ...problems].join('\n'));
  }
  const set = parsed.data;
  return Object.freeze({
    dataDir: resolve(set.SIDEMARK_DATA_DIR),
    host: set.SIDEMARK_HOST,
    port: set.SIDEMARK_PORT,
    publicUrl: set.SIDEMARK_PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: set.DATABASE_URL,
    adminTokenFile: set.SIDEMARK_ADMIN_TOKEN_FILE,
    sessionMinutes: set.SIDEMARK_SESSION_MINUTES,
    offerHours: set.SIDEMARK_OFFER_HOURS,
  });
}

/** Folders under the data directory; blobs belong to the models. */
export const folders = {
  keys: (config: Config): string => join(config.dataDir, 'keys'),
  blobs: (config: Config): string => join(config.dataDir, 'blobs'),
} as const;
