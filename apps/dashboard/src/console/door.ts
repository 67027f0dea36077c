// The token of the agent that runs now. It comes behind the # of the address, which no browser sends, is taken out of it
// at once, and stays in this tab. It is in no cookie: other programs of this machine would be sent that, too.
const key = 'sidemark.console';

let refused = false;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

export const door = {
  token: (): string | null => sessionStorage.getItem(key),
  state: (): 'open' | 'none' | 'refused' => {
    if (sessionStorage.getItem(key) !== null) return 'open';
    return refused ? 'refused' : 'none';
  },
  open: (token: string): void => {
    sessionStorage.setItem(key, token);
    refused = false;
    tell();
  },
  close: (byAgent = false): void => {
    sessionStorage.removeItem(key);
    refused = byAgent;
    tell();
  },
  takeFromAddress: (): void => {
    const token = tokenIn(location.hash);
    if (token === undefined) return;
    history.replaceState(null, '', `${location.pathname}#/`);
    door.open(token);
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
} as const;

/** The token in a whole address, in what stands behind its #, or alone. */
export function tokenIn(text: string): string | undefined {
  return /(?:^|#token=)([A-Za-z0-9_-]{43})$/.exec(text.trim())?.[1];
}
