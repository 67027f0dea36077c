// Everybody's accounts, for administrators: inviting, a new one-time link, another role, disabling and enabling.
import { Inject, Injectable } from '@nestjs/common';
import type { Account, AccountLink, AccountRole, InviteAccount } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import { AccountSessionsService } from '../auth/account-session/account-sessions.service.ts';
import { tokenHash } from '../auth/tokens.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { PublicAddress } from '../platform/http/public-address.ts';
import { Random } from '../platform/random.ts';
import {
  type AccountChange,
  addAccount,
  allAccounts,
  changeAccount,
  countAdministrators,
  findAccount,
  lockAccounts,
  shown,
  type StoredAccount,
} from './accounts.repository.ts';
import { PasswordCheckService } from './password-check.service.ts';

const linkHours = 72;

@Injectable()
export class AccountsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(AccountSessionsService) private readonly sessions: AccountSessionsService,
    @Inject(PasswordCheckService) private readonly check: PasswordCheckService,
    @Inject(PublicAddress) private readonly address: PublicAddress,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  async list(): Promise<Account[]> {
    return (await this.database.read(allAccounts)).map(shown);
  }

  /** @throws DomainError `already-exists` for a name that is taken. */
  invite({ name, role }: InviteAccount): Promise<AccountLink> {
    return this.database.transaction(async (tx) => {
      const made = { id: this.random.uuid(), name, role, createdAt: this.clock.now() };
      const account = await addAccount(tx, { ...made, state: 'invited' });
      const link = await this.linkFor(tx, account);
      await this.tell(tx, 'account.invited', account);
      return link;
    });
  }

  /** The old password ends, so do all sessions and a lock. @throws DomainError `not-found`, `state-conflict` (disabled), `last-administrator` */
  reset(id: string): Promise<AccountLink> {
    return this.change(id, 'account.reset', async (tx, account) => {
      refuseDisabled(account, 'reset');
      await changeAccount(tx, id, { state: 'invited', passwordHash: null });
      await this.sessions.endAll(tx, id);
      await this.check.forgive(tx, account.name);
      return this.linkFor(tx, account);
    });
  }

  /** @throws DomainError `not-found`, `last-administrator` */
  setRole(id: string, role: AccountRole): Promise<Account> {
    return this.change(id, 'account.role-changed', (tx) => this.set(tx, id, { role }));
  }

  /** @throws DomainError `not-found`, `last-administrator` */
  disable(id: string): Promise<Account> {
    return this.change(id, 'account.disabled', async (tx) => {
      await this.sessions.endAll(tx, id);
      return this.set(tx, id, { state: 'disabled', linkHash: null, linkExpiresAt: null });
    });
  }

  /** Without a password it waits for a one-time link. @throws DomainError `not-found` */
  enable(id: string): Promise<Account> {
    return this.change(id, 'account.enabled', (tx, { state, passwordHash }) => {
      const enabled = passwordHash === null ? 'invited' : 'active';
      return this.set(tx, id, { state: state === 'disabled' ? enabled : state });
    });
  }

  private async change<T>(
    id: string,
    action: string,
    work: (tx: Tx, account: StoredAccount) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      await lockAccounts(tx);
      const before = await required(tx, id);
      const result = await work(tx, before);
      if (isWorkingAdministrator(before) && (await countAdministrators(tx)) === 0)
        throw new DomainError('last-administrator', { name: before.name });
      await this.tell(tx, action, await required(tx, id));
      return result;
    });
  }

  private async set(tx: Tx, id: string, change: AccountChange): Promise<Account> {
    return shown(await changeAccount(tx, id, change));
  }

  private async linkFor(tx: Tx, { id, name }: StoredAccount): Promise<AccountLink> {
    const token = this.random.secret();
    const linkExpiresAt = new Date(this.clock.now().getTime() + linkHours * 3_600_000);
    const account = await this.set(tx, id, { linkHash: tokenHash(token), linkExpiresAt });
    const expiresAt = linkExpiresAt.toISOString();
    return { account, token, expiresAt, address: `${this.address.url}/#/welcome/${name}/${token}` };
  }

  private async tell(tx: Tx, action: string, { id, name, role, state }: StoredAccount): Promise<void> {
    const details = { name, role, state };
    await this.audit.append(tx, { actor: 'administrator', action, subject: id, details });
  }
}

const isWorkingAdministrator = ({ role, state }: StoredAccount): boolean =>
  role === 'administrator' && state === 'active';

function refuseDisabled({ state }: StoredAccount, step: string): void {
  if (state === 'disabled')
    throw new DomainError('state-conflict', {
      what: 'account',
      state,
      step,
      possibleIn: ['invited', 'active'],
    });
}

async function required(tx: Tx, id: string): Promise<StoredAccount> {
  const account = await findAccount(tx, id);
  if (account === undefined) throw new DomainError('not-found', { what: 'account', id });
  return account;
}
