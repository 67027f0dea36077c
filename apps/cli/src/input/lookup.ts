// People type names; routes take ids. A name is looked up in the list it belongs to.
import { DomainError } from '@sidemark/core/errors';
import type { Account, ModelVersion, Site, Study } from '@sidemark/core/contract';
import type { Connection } from '../config.ts';
import { call } from '../coordinator.client.ts';

function pick<T>(items: readonly T[], kind: string, wanted: string, fits: (item: T) => boolean): T {
  const [found, second] = items.filter(fits);
  if (found === undefined) throw new DomainError('not-found', { [kind]: wanted });
  if (second !== undefined)
    throw new DomainError('usage', { reason: `${kind} ${wanted} is not unique: use its id` });
  return found;
}

export async function findStudy(connection: Connection, nameOrId: string): Promise<Study> {
  const studies = await call(connection, 'listStudies');
  return pick(studies, 'study', nameOrId, (s) => s.id === nameOrId || s.name === nameOrId);
}

export async function findSite(connection: Connection, nameOrId: string): Promise<Site> {
  const sites = await call(connection, 'listSites');
  return pick(sites, 'site', nameOrId, (s) => s.id === nameOrId || s.name === nameOrId);
}

/** @param ref NAME@VERSION or the SHA-256 of the bytes */
export async function findModel(connection: Connection, ref: string): Promise<ModelVersion> {
  const models = await call(connection, 'listModels');
  return pick(models, 'model', ref, (m) => m.sha256 === ref || `${m.name}@${m.version}` === ref);
}

export async function findAccount(connection: Connection, nameOrId: string): Promise<Account> {
  const accounts = await call(connection, 'listAccounts');
  return pick(accounts, 'account', nameOrId, (a) => a.id === nameOrId || a.name === nameOrId);
}
