// Where everything the agent keeps lies. The directory is private (0700): a directory that others can read is
// refused, because it holds the site's key, secret and journals.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { onDisk } from './durable-file.ts';

export interface DataDirectory {
  readonly root: string;
  readonly lock: string;
  readonly policy: string;
  readonly siteKey: string;
  readonly siteSecret: string;
  readonly enrolment: string;
  readonly delegation: string;
  /** the key that is to follow, from the wish for it until the coordinator has taken it */
  readonly nextSiteKey: string;
  readonly keyHistory: string;
  readonly datasets: string;
  /** what `dataset check` has read before */
  readonly checks: string;
  readonly models: string;
  readonly packs: string;
  readonly jobs: string;
  readonly outbox: string;
  readonly receipts: string;
  readonly sequence: string;
  readonly ledger: string;
  readonly identity: string;
  readonly egress: string;
  /** where the console of the running agent is, and its token */
  readonly console: string;
  /** `jobs/<id>` */
  job(id: string): string;
}

/** The paths below `root`; touches nothing. */
export function dataLayout(root: string): DataDirectory {
  const at = (...parts: string[]): string => join(root, ...parts);
  return {
    root,
    lock: at('agent.lock'),
    policy: at('policy.yaml'),
    identity: at('identity'),
    siteKey: at('identity', 'site.key'),
    siteSecret: at('identity', 'site-secret'),
    enrolment: at('identity', 'enrolment.json'),
    delegation: at('identity', 'delegation.json'),
    nextSiteKey: at('identity', 'site.next.key'),
    keyHistory: at('identity', 'key-history.json'),
    datasets: at('datasets'),
    checks: at('checks'),
    models: at('models'),
    packs: at('packs'),
    jobs: at('jobs'),
    outbox: at('outbox'),
    receipts: at('receipts'),
    sequence: at('outbox', 'sequence'),
    egress: at('egress'),
    console: at('console.json'),
    ledger: at('egress', 'ledger.ndjson'),
    job: (id) => at('jobs', id),
  };
}

/**
 * Refuses what others can read. Windows keeps no such bits, so nothing is checked there.
 * @throws DomainError `data-directory-open`
 */
export async function assertPrivate(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await onDisk(() => stat(path));
  if ((mode & 0o077) !== 0)
    throw new DomainError('data-directory-open', { mode: (mode & 0o777).toString(8) });
}

/**
 * Opens the data directory, making it (0700) and its rooms where absent.
 * @throws DomainError `data-directory-open`, `disk-failed`
 */
export async function openDataDirectory(root: string): Promise<DataDirectory> {
  const layout = dataLayout(root);
  const { identity, datasets, checks, models, packs, jobs, outbox, receipts, egress } = layout;
  await onDisk(() => mkdir(root, { recursive: true, mode: 0o700 }));
  await assertPrivate(root);
  for (const room of [identity, datasets, checks, models, packs, jobs, outbox, receipts, egress]) {
    await onDisk(() => mkdir(room, { recursive: true, mode: 0o700 }));
  }
  return layout;
}
