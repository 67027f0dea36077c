// The coordinator's memory of what was done and by whom: every state change appends here in its own transaction.
import { Inject, Injectable } from '@nestjs/common';
import { AuditContent, type AuditEntry, type AuditVerdict } from '@sidemark/core/contract';
import { chainStart, linkHash } from '@sidemark/core/signing';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { actingAccount } from '../platform/http/acting.ts';
import { appendEntry, chainState, entriesAfter, entriesByHash, headHash } from './audit.repository.ts';

const pageSize = 1000;

export interface AuditEvent {
  /** `administrator` (who of the trial office it is, is known from the request), `coordinator`, `site:ID` or `kit:ID` */
  readonly actor: string;
  /** thing.event, e.g. `report.accepted` */
  readonly action: string;
  /** id of the record that changed */
  readonly subject: string;
  readonly details?: AuditContent['details'];
}

@Injectable()
export class AuditService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Appends within the caller's transaction; call it last there, since it makes the others wait. */
  append(tx: Tx, event: AuditEvent): Promise<AuditEntry> {
    const at = this.clock.now().toISOString();
    return appendEntry(tx, AuditContent.parse({ details: {}, ...event, actor: named(event.actor), at }));
  }

  /** Hash of the newest entry, also of one appended in this very transaction. */
  head(tx?: Tx): Promise<string> {
    return tx === undefined ? this.database.read(headHash) : headHash(tx);
  }

  /** Length and head of the chain, and the entries with these hashes in that order, those that there are. */
  async excerpt(hashes: readonly string[]): Promise<{ count: number; head: string; entries: AuditEntry[] }> {
    return this.database.read(async (tx) => {
      const found = new Map((await entriesByHash(tx, hashes)).map((entry) => [entry.hash, entry]));
      const entries = hashes.map((hash) => found.get(hash)).filter((entry) => entry !== undefined);
      return { ...(await chainState(tx)), entries };
    });
  }

  /** At most 1000 entries after a sequence number. */
  list(after: number): Promise<AuditEntry[]> {
    return this.database.read((tx) => entriesAfter(tx, after, pageSize));
  }

  /** Walks the whole chain, a page at a time. */
  async verify(): Promise<AuditVerdict> {
    let [entries, head] = [0, chainStart];
    for (;;) {
      const page = await this.list(entries);
      for (const entry of page) {
        const fits =
          entry.sequence === entries + 1 &&
          entry.previous === head &&
          entry.hash === linkHash(head, entry.content);
        if (!fits) return { entries, head, firstBroken: entry.sequence };
        [entries, head] = [entry.sequence, entry.hash];
      }
      if (page.length < pageSize) return { entries, head, firstBroken: null };
    }
  }
}

/** The account behind the request, where there is one. */
function named(actor: string): string {
  const account = actingAccount();
  return actor === 'administrator' && account !== undefined ? `account:${account.id}` : actor;
}
