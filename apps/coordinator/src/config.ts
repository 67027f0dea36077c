// The coordinator's settings: the one place that reads the environment. .env.example says the same to people.
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const minutes = z.coerce
  .number()
  .min(0.01)
  .max(24 * 60);

const perMinute = z.coerce.number().int().min(1).max(1_000_000);

/** a number of proxies, or their addresses and subnets; never all: anybody could name any address as theirs */
const trustProxy = z
  .string()
  .refine(
    (text) => /^[1-9]\d?$/.test(text) || text.split(',').every((part) => isProxyAddress(part.trim())),
    'write how many proxies there are, or their addresses and subnets',
  )
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim())));

function isProxyAddress(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (isIP(address) === 6 ? 128 : 32));
}

export const Environment = z.object({
  SIDEMARK_DATA_DIR: z.string().min(1).default('.data/coordinator'),
  SIDEMARK_DASHBOARD_DIR: z.string().min(1).optional(),
  SIDEMARK_HOST: z.string().min(1).default('127.0.0.1'),
  SIDEMARK_PORT: z.coerce.number().int().min(0).max(65_535).default(7130),
  SIDEMARK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SIDEMARK_TLS_CERT_FILE: z.string().min(1).optional(),
  SIDEMARK_TLS_KEY_FILE: z.string().min(1).optional(),
  SIDEMARK_TRUST_PROXY: trustProxy.optional(),
  SIDEMARK_ENROLMENTS_PER_MINUTE: perMinute.default(60),
  SIDEMARK_AUTH_FAILURES_PER_MINUTE: perMinute.default(30),
  SIDEMARK_LINK_OPENINGS_PER_MINUTE: perMinute.default(60),
  SIDEMARK_IDLE_SECONDS: z.coerce.number().int().min(30).max(3600).default(120),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SIDEMARK_ADMIN_TOKEN_FILE: z.string().min(1).optional(),
  SIDEMARK_SESSION_MINUTES: minutes.default(15),
  SIDEMARK_SIGN_IN_HOURS: z.coerce.number().min(0.01).max(168).default(12),
  SIDEMARK_SIGN_IN_IDLE_MINUTES: minutes.default(60),
  SIDEMARK_KEY_OVERLAP_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 365)
    .default(168),
  SIDEMARK_METRICS_TOKEN_FILE: z.string().min(1).optional(),
  SIDEMARK_OFFER_HOURS: z.coerce
    .number()
    .min(0.01)
    .max(24 * 365)
    .default(168),
});

export interface Config {
  readonly dataDir: string;
  /** the built dashboard; it may be absent */
  readonly dashboardDir: string;
  readonly host: string;
  /** 0: a free one */
  readonly port: number;
  /** undefined: the address it listens on */
  readonly publicUrl: string | undefined;
  /** PEM files; undefined: plain HTTP */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** whose X-Forwarded-For is believed: how many proxies, or which; undefined: nobody's */
  readonly trustProxy: number | readonly string[] | undefined;
  /** requests to the open enrolment routes, for each caller */
  readonly enrolmentsPerMinute: number;
  /** wrong administrator credentials, for each caller */
  readonly authFailuresPerMinute: number;
  /** openings of the sites' link, for each caller */
  readonly linkOpeningsPerMinute: number;
  /** a connection on which nothing moves for so long is cut */
  readonly idleSeconds: number;
  /** undefined: an embedded PostgreSQL under the data directory */
  readonly databaseUrl: string | undefined;
  readonly adminTokenFile: string | undefined;
  /** of a site */
  /** holds the token for /metrics; undefined: only this machine is answered */
  readonly metricsTokenFile: string | undefined;
  readonly sessionMinutes: number;
  /** how long a person stays signed in at most */
  readonly signInHours: number;
  /** and without asking anything */
  readonly signInIdleMinutes: number;
  readonly offerHours: number;
  /** how long a site's key stays valid after the next one has taken over */
  readonly keyOverlapHours: number;
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
  const [certFile, keyFile] = [set.SIDEMARK_TLS_CERT_FILE, set.SIDEMARK_TLS_KEY_FILE];
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new ConfigError(
      'SIDEMARK_TLS_CERT_FILE and SIDEMARK_TLS_KEY_FILE belong together: set both or none (see .env.example).',
    );
  }
  return Object.freeze({
    dataDir: resolve(set.SIDEMARK_DATA_DIR),
    dashboardDir: resolve(set.SIDEMARK_DASHBOARD_DIR ?? join(import.meta.dirname, '../../dashboard/dist')),
    host: set.SIDEMARK_HOST,
    port: set.SIDEMARK_PORT,
    publicUrl: set.SIDEMARK_PUBLIC_URL?.replace(/\/+$/, ''),
    tls: certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : undefined,
    trustProxy: set.SIDEMARK_TRUST_PROXY,
    enrolmentsPerMinute: set.SIDEMARK_ENROLMENTS_PER_MINUTE,
    authFailuresPerMinute: set.SIDEMARK_AUTH_FAILURES_PER_MINUTE,
    linkOpeningsPerMinute: set.SIDEMARK_LINK_OPENINGS_PER_MINUTE,
    idleSeconds: set.SIDEMARK_IDLE_SECONDS,
    databaseUrl: set.DATABASE_URL,
    adminTokenFile: set.SIDEMARK_ADMIN_TOKEN_FILE,
    metricsTokenFile: set.SIDEMARK_METRICS_TOKEN_FILE,
    sessionMinutes: set.SIDEMARK_SESSION_MINUTES,
    signInHours: set.SIDEMARK_SIGN_IN_HOURS,
    signInIdleMinutes: set.SIDEMARK_SIGN_IN_IDLE_MINUTES,
    offerHours: set.SIDEMARK_OFFER_HOURS,
    keyOverlapHours: set.SIDEMARK_KEY_OVERLAP_HOURS,
  });
}

/** Whether people come by https, to us or to the proxy before us. */
export const isOverTls = ({ tls, publicUrl }: Config): boolean =>
  tls !== undefined || publicUrl?.startsWith('https:') === true;

/** Folders under the data directory; blobs belong to the models. */
export const folders = {
  keys: (config: Config): string => join(config.dataDir, 'keys'),
  blobs: (config: Config): string => join(config.dataDir, 'blobs'),
} as const;
