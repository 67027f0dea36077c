// Sessions of people who signed in with a password: opened, recognised by their cookie, renewed, ended.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { type Config, CONFIG } from '../../config.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { ActingAccount } from '../../platform/http/acting.ts';
import { Random } from '../../platform/random.ts';
import { isSecret, tokenHash } from '../tokens.ts';
import {
  addAccountSession,
  deleteExpiredAccountSessions,
  endAccountSession,
  endSessionsOf,
  findAccountSession,
  noteAccountSession,
  rotateAccountSession,
  type StoredAccountSession,
} from './account-sessions.repository.ts';
import { isOver, isSettled, nextStep } from './session-age.ts';

/** A cookie to hand out. */
export interface FreshCookie {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface OpenedSession {
  readonly cookie: FreshCookie;
  readonly proof: string;
}

export interface Recognised {
  readonly account: ActingAccount;
  readonly proof: string;
  /** when the cookie is to be changed */
  readonly fresh: FreshCookie | undefined;
}

@Injectable()
export class AccountSessionsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** A new session for an account whose password was right, in the caller's transaction. */
  async open(tx: Tx, accountId: string): Promise<OpenedSession> {
    const now = this.clock.now();
    await deleteExpiredAccountSessions(tx, now);
    const [token, proof] = [this.random.secret(), this.random.secret()];
    const expiresAt = new Date(now.getTime() + this.config.signInHours * 3_600_000);
    const identity = { id: this.random.uuid(), accountId, tokenHash: tokenHash(token), proof };
    await addAccountSession(tx, { ...identity, rotatedAt: now, seenAt: now, expiresAt });
    return { cookie: { token, expiresAt }, proof };
  }

  /** Whose cookie this is; changes it when it is time. @throws DomainError `signed-out` */
  async recognise(token: string): Promise<Recognised> {
    if (!isSecret(token)) throw new DomainError('signed-out');
    const hash = tokenHash(token);
    const now = this.clock.now();
    const session = await this.database.read((tx) => findAccountSession(tx, hash));
    const idleMs = this.config.signInIdleMinutes * 60_000;
    if (session === null || isOver(session, now, idleMs) || session.account.state !== 'active')
      throw new DomainError('signed-out');
    const { id, name, role } = session.account;
    const fresh = await this.renew(session, hash, now);
    return { account: { id, name, role, session: session.id }, proof: session.proof, fresh };
  }

  /** One session, by its id. */
  async end(id: string): Promise<void> {
    await this.database.read((tx) => endAccountSession(tx, id));
  }

  /** Every session of an account, in the caller's transaction. */
  async endAll(tx: Tx, accountId: string): Promise<void> {
    await endSessionsOf(tx, accountId);
  }

  private async renew(
    session: StoredAccountSession,
    hash: string,
    at: Date,
  ): Promise<FreshCookie | undefined> {
    const step = nextStep(session, at, session.previousHash === hash);
    if (step === 'leave') return undefined;
    if (step === 'note') {
      const forgetPrevious = isSettled(session, at);
      await this.database.read((tx) => noteAccountSession(tx, session, { at, forgetPrevious }));
      return undefined;
    }
    const token = this.random.secret();
    const next = { tokenHash: tokenHash(token), previousHash: hash, at };
    const isOurs = await this.database.read((tx) => rotateAccountSession(tx, session, next));
    return isOurs ? { token, expiresAt: session.expiresAt } : undefined;
  }
}
