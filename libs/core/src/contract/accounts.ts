// Accounts of the trial office: people who sign in to the dashboard with a name and a password, and what each may do.
import { z } from 'zod';
import { Id, Instant } from './ids.ts';

/** Each may do what those before it may. */
export const AccountRole = z
  .enum(['reader', 'coordinator', 'administrator'])
  .describe('reader: looks; coordinator: runs studies; administrator: also accounts and keys');
export type AccountRole = z.infer<typeof AccountRole>;

export const AccountState = z
  .enum(['invited', 'active', 'disabled'])
  .describe('invited: its password waits for the one-time link');
export type AccountState = z.infer<typeof AccountState>;

export const AccountName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$/)
  .describe('what a person signs in with: a-z, 0-9 and inner dots, hyphens, underscores');

export const passwordLength = { min: 12, max: 200 } as const;
export const NewPassword = z
  .string()
  .min(passwordLength.min)
  .max(passwordLength.max)
  .describe('length is what counts: a few words are better than a few signs');
/** As it was typed; whether it is right is for the coordinator to say. */
const TypedPassword = z.string().min(1).max(1000);
const OneTimeToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const Account = z.strictObject({
  id: Id,
  name: AccountName,
  role: AccountRole,
  state: AccountState,
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  invitedUntil: Instant.nullable().describe('while a one-time link of the account is good'),
});
export type Account = z.infer<typeof Account>;
export const AccountList = z.array(Account);

/** Who is signed in here. */
export const SessionView = z.strictObject({
  account: Account.nullable().describe('null: nobody'),
  proof: z
    .string()
    .nullable()
    .describe('to be sent as X-Sidemark-Proof with every request that changes something'),
  isSetUp: z
    .boolean()
    .describe('false: no account was made yet, and the administrator token makes the first'),
});
export type SessionView = z.infer<typeof SessionView>;
/** Name of the header that proves that a request comes from our own page; lower case, as node has it. */
export const proofHeader = 'x-sidemark-proof';

export const SignIn = z.strictObject({ name: z.string().min(1).max(100), password: TypedPassword });
export type SignIn = z.infer<typeof SignIn>;
export const FirstAccount = z.strictObject({
  token: z.string().min(1).max(200).describe('the administrator token, printed at the first start'),
  name: AccountName,
  password: NewPassword,
});
export type FirstAccount = z.infer<typeof FirstAccount>;
export const InviteAccount = z.strictObject({ name: AccountName, role: AccountRole });
export type InviteAccount = z.infer<typeof InviteAccount>;
export const ChangeRole = z.strictObject({ role: AccountRole });
export const ChangePassword = z.strictObject({ current: TypedPassword, next: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;
export const RedeemLink = z.strictObject({ token: OneTimeToken, password: NewPassword });
export type RedeemLink = z.infer<typeof RedeemLink>;

/** Shown once, to whoever hands it over. */
export const AccountLink = z.strictObject({
  account: Account,
  token: OneTimeToken,
  expiresAt: Instant,
  address: z.url().describe('the page on which the person sets a password'),
});
export type AccountLink = z.infer<typeof AccountLink>;
