// Signing in and what follows from it: the first administrator, one-time links, one's own password, signing out.
import { Inject, Injectable } from '@nestjs/common';
import type { ChangePassword, FirstAccount, RedeemLink, SessionView, SignIn } from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import {
  AccountSessionsService,
  type FreshCookie,
  type OpenedSession,
} from '../auth/account-session/account-sessions.service.ts';
import { AdministratorsService } from '../auth/administrators.service.ts';
import { tokenHash } from '../auth/tokens.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { ActingAccount } from '../platform/http/acting.ts';
import { Random } from '../platform/random.ts';
import {
  addAccount,
  changeAccount,
  countAccounts,
  findAccount,
  findAccountByLink,
  lockAccounts,
  shown,
  type StoredAccount,
} from './accounts.repository.ts';
import { PasswordCheckService } from './password-check.service.ts';
import { Passwords } from './passwords.ts';

export interface SignedIn {
  readonly view: SessionView;
  readonly cookie: FreshCookie;
}

const nobody = { account: null, proof: null } as const;

@Injectable()
export class SignInService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(AdministratorsService) private readonly administrators: AdministratorsService,
    @Inject(AccountSessionsService) private readonly sessions: AccountSessionsService,
    @Inject(PasswordCheckService) private readonly check: PasswordCheckService,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @param cookie undefined: none came */
  async who(cookie: string | undefined): Promise<SessionView & { readonly fresh?: FreshCookie }> {
    const isSetUp = (await this.database.read(countAccounts)) > 0;
    if (cookie === undefined) return { ...nobody, isSetUp };
    try {
      const { account, proof, fresh } = await this.sessions.recognise(cookie);
      const found = await this.database.read((tx) => findAccount(tx, account.id));
      return { account: found ? shown(found) : null, proof, isSetUp, ...(fresh && { fresh }) };
    } catch (error) {
      if (isDomainError(error, 'signed-out')) return { ...nobody, isSetUp };
      throw error;
    }
  }

  /** @throws DomainError `sign-in-refused`, `sign-in-locked` */
  async signIn({ name, password }: SignIn): Promise<SignedIn> {
    const { id } = await this.check.check(name, password);
    return this.database.transaction((tx) => this.enter(tx, id, 'account.signed-in'));
  }

  /** @throws DomainError `unauthenticated` (the token), `already-set-up`, `password-weak` */
  async first({ token, name, password }: FirstAccount): Promise<SignedIn> {
    await this.administrators.authenticate(`Bearer ${token.trim()}`);
    const passwordHash = await this.passwords.hash(password, name);
    return this.database.transaction(async (tx) => {
      await lockAccounts(tx);
      if ((await countAccounts(tx)) > 0) throw new DomainError('already-set-up');
      const identity = { id: this.random.uuid(), name, createdAt: this.clock.now() };
      const made = { ...identity, role: 'administrator', state: 'active', passwordHash } as const;
      const { id } = await addAccount(tx, made);
      return this.enter(tx, id, 'account.created');
    });
  }

  /** @throws DomainError `one-time-link-invalid`, `password-weak` */
  async redeem({ token, password }: RedeemLink): Promise<SignedIn> {
    const linkHash = tokenHash(token);
    const find = (tx: Tx): Promise<StoredAccount> => this.ofLink(tx, linkHash);
    const { name } = await this.database.read(find);
    const passwordHash = await this.passwords.hash(password, name);
    return this.database.transaction(async (tx) => {
      await lockAccounts(tx);
      const { id } = await find(tx);
      const used = { linkHash: null, linkExpiresAt: null };
      await changeAccount(tx, id, { ...used, state: 'active', passwordHash });
      await this.sessions.endAll(tx, id);
      await this.check.forgive(tx, name);
      return this.enter(tx, id, 'account.password-set');
    });
  }

  /** Ends every session of the account, and opens this one anew. @throws DomainError `sign-in-refused`, `sign-in-locked`, `password-weak` */
  async changePassword({ id, name }: ActingAccount, { current, next }: ChangePassword): Promise<SignedIn> {
    await this.check.check(name, current);
    const passwordHash = await this.passwords.hash(next, name);
    return this.database.transaction(async (tx) => {
      await changeAccount(tx, id, { passwordHash });
      await this.sessions.endAll(tx, id);
      return this.enter(tx, id, 'account.password-set');
    });
  }

  async signOut({ session }: ActingAccount): Promise<SessionView> {
    await this.sessions.end(session);
    return { ...nobody, isSetUp: true };
  }

  private async enter(tx: Tx, id: string, action: string): Promise<SignedIn> {
    const account = await changeAccount(tx, id, { lastSignInAt: this.clock.now() });
    const opened = await this.sessions.open(tx, id);
    const details = { name: account.name, role: account.role };
    await this.audit.append(tx, { actor: `account:${id}`, action, subject: id, details });
    return signedIn(account, opened);
  }

  private async ofLink(tx: Tx, linkHash: string): Promise<StoredAccount> {
    const account = await findAccountByLink(tx, linkHash, this.clock.now());
    if (account === undefined || account.state === 'disabled') throw new DomainError('one-time-link-invalid');
    return account;
  }
}

function signedIn(account: StoredAccount, { cookie, proof }: OpenedSession): SignedIn {
  return { view: { account: shown(account), proof, isSetUp: true }, cookie };
}
