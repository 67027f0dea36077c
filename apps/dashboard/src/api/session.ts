// The administrator token, for as long as the tab is open. It is in no cookie: no other page can make the browser send it.
const key = 'sidemark.token';

/** refused: the coordinator did not take the token that was there */
export type SessionState = 'open' | 'none' | 'refused';

let refused = false;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

export const session = {
  token: (): string | null => sessionStorage.getItem(key),
  state: (): SessionState => {
    if (sessionStorage.getItem(key) !== null) return 'open';
    return refused ? 'refused' : 'none';
  },
  open: (token: string): void => {
    sessionStorage.setItem(key, token);
    refused = false;
    tell();
  },
  /** @param byCoordinator it answered 401 */
  close: (byCoordinator = false): void => {
    sessionStorage.removeItem(key);
    refused = byCoordinator;
    tell();
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
} as const;
