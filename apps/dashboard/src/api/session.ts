// Who is signed in. The cookie is the browser's, out of reach from here; kept here is what the coordinator said of it.
import type { Account, AccountRole, SessionView } from '@sidemark/core/contract';

/** asking: the coordinator has not answered yet; ended: somebody was signed in, and is no longer; new: there is no account at all */
export type SessionState = 'asking' | 'open' | 'none' | 'ended' | 'new';

let view: SessionView | undefined;
let hasEnded = false;
const listeners = new Set<() => void>();
const ranks: Readonly<Record<AccountRole, number>> = { reader: 0, coordinator: 1, administrator: 2 };

export const session = {
  state: (): SessionState => {
    if (view === undefined) return 'asking';
    if (view.account !== null) return 'open';
    if (!view.isSetUp) return 'new';
    return hasEnded ? 'ended' : 'none';
  },
  account: (): Account | null => view?.account ?? null,
  /** to be sent with whatever changes something */
  proof: (): string => view?.proof ?? '',
  /** Whether the account may do what this role may. */
  may: (role: AccountRole): boolean => ranks[view?.account?.role ?? 'reader'] >= ranks[role],
  set: (next: SessionView): void => {
    view = next;
    hasEnded = false;
    listeners.forEach((listener) => listener());
  },
  /** The coordinator knows the cookie no longer. */
  end: (): void => {
    if (session.account() === null) return;
    view = { account: null, proof: null, isSetUp: true };
    hasEnded = true;
    listeners.forEach((listener) => listener());
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
} as const;
