// Addresses of the pages on which people work: accounts, models, and what is made in a study.
export type OfficeRoute =
  | { readonly page: 'welcome'; readonly name: string; readonly token: string }
  | { readonly page: 'account' }
  | { readonly page: 'accounts' }
  | { readonly page: 'models' }
  | { readonly page: 'new-study' }
  | {
      readonly page: 'new-protocol';
      readonly study: string;
      /** the protocol that it begins with; null: a new form */
      readonly from: string | null;
    }
  | { readonly page: 'protocol'; readonly study: string; readonly protocol: string };

/** @param parts of the address between its slashes, decoded. @returns undefined: a page of another room */
export function readOfficeRoute(parts: readonly string[]): OfficeRoute | undefined {
  const [room = '', id = '', sort, item = '', from, ...more] = parts;
  if (room === 'studies' && id !== '' && sort === 'protocols' && item === 'new' && more.length === 0)
    return { page: 'new-protocol', study: id, from: from ?? null };
  if (from !== undefined) return undefined;
  if (room === 'welcome' && id !== '' && sort !== undefined && item === '')
    return { page: 'welcome', name: id, token: sort };
  if (room === 'account' || room === 'accounts' || room === 'models' || room === 'new-study')
    return id === '' ? { page: room } : undefined;
  if (room === 'studies' && id !== '' && sort === 'protocols' && item !== '')
    return { page: 'protocol', study: id, protocol: item };
  return undefined;
}

export const officeHrefs = {
  account: '#/account',
  accounts: '#/accounts',
  models: '#/models',
  newStudy: '#/new-study',
  /** @param from the protocol whose choices it begins with */
  newProtocol: (study: string, from?: string): string =>
    `#/studies/${study}/protocols/new${from === undefined ? '' : `/${from}`}`,
  protocol: (study: string, protocol: string): string => `#/studies/${study}/protocols/${protocol}`,
} as const;
