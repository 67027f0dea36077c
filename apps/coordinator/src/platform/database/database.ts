// The database as the rest of the coordinator sees it: reads, transactions, and one error when it is out of reach.
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@sidemark/prisma/client';
import { databaseError } from './database-errors.ts';
import { Slots } from './slots.ts';

/** What repositories query with: the client, or one transaction of it. */
export type Tx = Prisma.TransactionClient;

const connectMs = 2500;
const queryMs = 20_000;
const connections = 10;

export class Database {
  private readonly client: PrismaClient;
  private readonly slots = new Slots(connections);

  /** @param onUnavailable told of every error that means the server is out of reach. */
  constructor(
    url: string,
    private readonly onUnavailable: () => void = () => undefined,
  ) {
    const adapter = new PrismaPg({
      connectionString: url,
      max: connections,
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
    return this.translated(() => work(this.client));
  }

  /** All of `work` or nothing of it. @throws DomainError `database-unavailable`, `already-exists` */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.translated(() => this.client.$transaction(work));
  }

  /** How busy the connections are. */
  get load(): Slots['load'] {
    return this.slots.load;
  }

  async isUp(): Promise<boolean> {
    return this.read((tx) => tx.$queryRaw`SELECT 1`).then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.client.$disconnect();
  }

  private async translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.slots.run(work);
    } catch (error) {
      const known = databaseError(error);
      if (known?.code === 'database-unavailable') this.onUnavailable();
      throw known ?? error;
    }
  }
}
