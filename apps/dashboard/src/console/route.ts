// Addresses of the console's pages, after the #.
export type Route =
  | { readonly page: 'jobs' | 'egress' | 'data' | 'health' | 'log' | 'nowhere' }
  | { readonly page: 'job'; readonly job: string }
  | { readonly page: 'payload'; readonly place: 'left' | 'waiting'; readonly sequence: string };

export function readRoute(hash: string): Route {
  const [room = '', first = '', second = ''] = hash.replace(/^#?\/?/, '').split('/');
  if (room === '') return { page: 'jobs' };
  if (room === 'jobs' && /^[0-9a-f-]{36}$/.test(first)) return { page: 'job', job: first };
  if (room === 'egress' && (first === 'left' || first === 'waiting') && /^\d+$/.test(second))
    return { page: 'payload', place: first, sequence: second };
  if ((room === 'egress' || room === 'data' || room === 'health' || room === 'log') && first === '')
    return { page: room };
  return { page: 'nowhere' };
}

export const hrefs = {
  jobs: '#/',
  job: (job: string): string => `#/jobs/${job}`,
  egress: '#/egress',
  payload: (place: 'left' | 'waiting', sequence: number): string => `#/egress/${place}/${sequence}`,
  data: '#/data',
  health: '#/health',
  log: '#/log',
} as const;
