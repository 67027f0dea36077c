// Routes of signing in, of one’s own account, and of everybody’s accounts.
import {
  Account,
  AccountLink,
  AccountList,
  ChangePassword,
  ChangeRole,
  FirstAccount,
  InviteAccount,
  RedeemLink,
  SessionView,
  SignIn,
} from '../accounts.ts';
import type { Route } from './route.ts';

const open = { access: 'open' } as const;
const administrator = { access: 'administrator' } as const;

export const accountRoutes = {
  showSession: {
    ...open,
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in, by the cookie',
    response: SessionView,
  },
  signIn: {
    ...open,
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in with name and password; sets the cookie',
    body: SignIn,
    response: SessionView,
  },
  createFirstAccount: {
    ...open,
    method: 'POST',
    path: '/api/accounts/first',
    summary: 'Make the first administrator with the administrator token, and sign in',
    body: FirstAccount,
    response: SessionView,
  },
  redeemLink: {
    ...open,
    method: 'POST',
    path: '/api/accounts/redeem',
    summary: 'Set a password with a one-time link, and sign in',
    body: RedeemLink,
    response: SessionView,
  },
  signOut: {
    access: 'reader',
    method: 'POST',
    path: '/api/session/end',
    summary: 'Sign out; clears the cookie',
    response: SessionView,
  },
  changePassword: {
    access: 'reader',
    method: 'POST',
    path: '/api/session/password',
    summary: 'Change one’s own password; every other session of the account ends',
    body: ChangePassword,
    response: SessionView,
  },

  listAccounts: {
    ...administrator,
    method: 'GET',
    path: '/api/accounts',
    summary: 'List accounts',
    response: AccountList,
  },
  inviteAccount: {
    ...administrator,
    method: 'POST',
    path: '/api/accounts',
    summary: 'Invite a person: gives a one-time link, once',
    body: InviteAccount,
    response: AccountLink,
  },
  resetAccount: {
    ...administrator,
    method: 'POST',
    path: '/api/accounts/:id/reset',
    summary: 'A new one-time link: ends the account’s sessions and its password',
    response: AccountLink,
  },
  changeAccountRole: {
    ...administrator,
    method: 'POST',
    path: '/api/accounts/:id/role',
    summary: 'Give an account another role',
    body: ChangeRole,
    response: Account,
  },
  disableAccount: {
    ...administrator,
    method: 'POST',
    path: '/api/accounts/:id/disable',
    summary: 'Disable an account: its sessions end',
    response: Account,
  },
  enableAccount: {
    ...administrator,
    method: 'POST',
    path: '/api/accounts/:id/enable',
    summary: 'Let a disabled account sign in again',
    response: Account,
  },
} as const satisfies Record<string, Route>;
