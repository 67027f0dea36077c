// Where the CLI finds the coordinator and its credential: options first, then environment, then defaults.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { usageError } from '@sidemark/terminal';

export interface Connection {
  readonly url: string;
  /** administrator token */
  readonly token: string;
  /** absent: straight out */
  readonly proxies?: Proxies;
}

/** As others named them: lower case first, an empty one is none. */
export interface Proxies {
  /** for http:// and https:// addresses, as given */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** hosts that are reached without a proxy, as given */
  readonly noProxy?: string;
}

export interface ConnectionOptions {
  readonly url?: string;
  readonly tokenFile?: string;
}

/** @throws DomainError `usage` when there is no token. */
export function connectionFrom(options: ConnectionOptions, env: NodeJS.ProcessEnv = process.env): Connection {
  const url = options.url ?? env['SIDEMARK_URL'] ?? 'http://127.0.0.1:7130';
  const file = options.tokenFile ?? env['SIDEMARK_TOKEN_FILE'];
  const token = env['SIDEMARK_TOKEN'] ?? (file === undefined ? undefined : readToken(file));
  if (token === undefined) {
    throw usageError('no administrator token: set SIDEMARK_TOKEN, or name its file with --token-file');
  }
  return { url: url.replace(/\/$/, ''), token, proxies: proxiesFrom(env) };
}

function proxiesFrom(env: NodeJS.ProcessEnv): Proxies {
  const set = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const [httpProxy, httpsProxy, noProxy] = [set('HTTP_PROXY'), set('HTTPS_PROXY'), set('NO_PROXY')];
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw usageError(`the token file cannot be read: ${file}`);
  }
}

/** tsx looks for it in the working directory, which is the caller's */
const tsconfig = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));

/** The environment of an app that the CLI starts: its own, what running TypeScript needs, and what the options say. */
export function childEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, TSX_TSCONFIG_PATH: tsconfig, ...extra };
}
