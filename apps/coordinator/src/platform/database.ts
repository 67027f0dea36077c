// The database as the rest of the coordinator sees it: reads, transactions, and one error when it is out of reach.
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@sidemark/prisma/client';
import { databaseError } from './database-errors.ts';

/** What repositories query with: the client, or one transaction of it. */
export type Tx = Prisma.TransactionClient;

const connectMs = 2500;
const queryMs = 20_000;

export class Database {
  private readonly client: PrismaClient;

  constructor(url: string) {
    const adapter = new PrismaPg({
      connectionString: url,
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
      // connections stay: by them a second coordinator sees that this data directory is taken
      idleTimeoutMillis: 0,
      application_name: 'sidemark-coordinator',
    });
    this.client = new PrismaClient({
      adapter,
      transactionOptions: { maxWait: connectMs, timeout: queryMs },
    });
  }

  /** Runs queries outside of a transaction. @throws DomainError `database-unavailable`, `already-exists` */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (error) {
      throw databaseError(error) ?? error;
    }
  }

  /** All of `work` or nothing of it. @throws DomainError `database-unavailable`, `already-exists` */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.client.$transaction(work);
    } catch (error) {
      throw databaseError(error) ?? error;
    }
  }

  async isUp(): Promise<boolean> {
    return this.client.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.client.$disconnect();
  }
}
