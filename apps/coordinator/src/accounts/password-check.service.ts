// Is this the password of that name? Asked at most a few times in a row; the answer takes as long, and says as much,
// whether the name exists or not.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { findAccountByName, type StoredAccount } from './accounts.repository.ts';
import { forgetFailures, forgetOldFailures, lockFailures, setFailures } from './failures.repository.ts';
import { forgetFailuresMs, lockSeconds } from './lock.ts';
import { Passwords } from './passwords.ts';

@Injectable()
export class PasswordCheckService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Passwords) private readonly passwords: Passwords,
  ) {}

  /** @param typed name as it was typed. @throws DomainError `sign-in-locked`, `sign-in-refused` */
  async check(typed: string, password: string): Promise<StoredAccount> {
    const name = typed.trim().toLowerCase();
    const locked = await this.claim(name);
    const account = await this.database.read((tx) => findAccountByName(tx, name));
    const isRight = await this.passwords.fits(account?.passwordHash ?? null, password);
    if (!isRight || account === undefined || account.state !== 'active') {
      if (locked > 0 && account !== undefined) await this.tellLock(account, locked);
      throw new DomainError('sign-in-refused');
    }
    await this.database.read((tx) => this.forgive(tx, name));
    return account;
  }

  /** After a right password, or a new one by a one-time link. */
  async forgive(tx: Tx, name: string): Promise<void> {
    await forgetFailures(tx, sha256(name));
  }

  /** Counts an attempt before its password is looked at, so that many at once are counted, too. @returns seconds of the lock it leaves when it is wrong */
  private claim(name: string): Promise<number> {
    const nameHash = sha256(name);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      await forgetOldFailures(tx, new Date(now.getTime() - forgetFailuresMs));
      const before = await lockFailures(tx, nameHash, now);
      const left = (before.lockedUntil?.getTime() ?? 0) - now.getTime();
      if (left > 0) throw new DomainError('sign-in-locked', { retryAfterSeconds: Math.ceil(left / 1000) });
      const failures = before.failures + 1;
      const seconds = lockSeconds(failures);
      const lockedUntil = seconds > 0 ? new Date(now.getTime() + seconds * 1000) : null;
      await setFailures(tx, nameHash, { failures, lockedUntil, lastAt: now });
      return seconds;
    });
  }

  private tellLock({ id, name }: StoredAccount, seconds: number): Promise<unknown> {
    const details = { name, seconds };
    return this.database.transaction((tx) =>
      this.audit.append(tx, { actor: 'coordinator', action: 'account.locked', subject: id, details }),
    );
  }
}
