// Asks the site agent. Every failure becomes one Failure that says what happened and what to do.
import type {
  ConsoleDatasets,
  ConsoleDecision,
  ConsoleJobPage,
  ConsoleLedger,
  ConsoleLog,
  ConsoleOverview,
  ConsolePayload,
  ConsolePictures,
  HealthFindings,
  Problem,
  RunDistribution,
} from '@sidemark/core/contract';
import { Failure } from '../api/client.ts';
import { door } from './door.ts';

const gone = 'The agent does not answer. It may have been stopped; this page tries again by itself.';

async function send(path: string, init: RequestInit, token = door.token()): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token ?? ''}`,
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const response = await fetch(`api/${path}`, { ...init, headers, cache: 'no-store' }).catch(
    (cause: unknown) => {
      if (init.signal?.aborted) throw cause;
      throw new Failure(gone, 0, 'unreachable');
    },
  );
  if (response.ok) return response;
  const failure = await failureOf(response);
  // a wrong passphrase is no reason to leave
  if (failure.code === 'console-token-invalid' && door.state() === 'open') door.close(true);
  throw failure;
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const { title, code, details = {} } = problem ?? {};
  if (title === undefined || code === undefined)
    return new Failure(`The agent answers ${response.status}.`, response.status, 'unknown');
  const facts = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return new Failure([title, ...facts].join(' '), response.status, code);
}

const get =
  <T>(path: string) =>
  async (signal: AbortSignal): Promise<T> =>
    (await (await send(path, { signal })).json()) as T;

const post = async <T>(path: string, body: unknown): Promise<T> =>
  (await (await send(path, { method: 'POST', body: JSON.stringify(body) })).json()) as T;

export const agent = {
  /** @throws Failure when it is not the token */
  tryToken: (token: string): Promise<unknown> => send('overview', {}, token),
  overview: get<ConsoleOverview>('overview'),
  job: (job: string) => get<ConsoleJobPage>(`jobs/${job}`),
  decide: (job: string, decision: ConsoleDecision) => post<ConsoleJobPage>(`jobs/${job}/decision`, decision),
  distribution: (job: string) => get<RunDistribution>(`jobs/${job}/distribution`),
  pictures: (job: string) => get<ConsolePictures>(`jobs/${job}/pictures`),
  draw: (job: string, rows: readonly number[]) => post<ConsolePictures>(`jobs/${job}/pictures`, { rows }),
  picture: async (job: string, file: string, signal: AbortSignal): Promise<Blob> =>
    (await send(`jobs/${job}/pictures/${encodeURIComponent(file)}`, { signal })).blob(),
  egress: get<ConsoleLedger>('egress'),
  payload: (place: 'left' | 'waiting', sequence: string) =>
    get<ConsolePayload>(`egress/${place}/${sequence}`),
  datasets: get<ConsoleDatasets>('datasets'),
  checkDataset: (study: string) => post<ConsoleDatasets>(`datasets/${study}/check`, {}),
  log: get<ConsoleLog>('log'),
  doctor: get<HealthFindings>('doctor'),
} as const;
