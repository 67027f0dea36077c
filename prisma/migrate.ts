// Brings a database up to prisma/migrations at start. Several coordinators may start at once: an advisory lock on
// a connection of its own lets one of them work while the others wait.
import pg from 'pg';
import { noFilters, prismaFolder, readMigrations, readSchema, withSchemaEngine } from './schema-engine.ts';

/** Any number will do, as long as every coordinator takes the same one. */
const migrationLock = 7_130_001;

/**
 * Applies the migrations that the database lacks.
 * @param url PostgreSQL connection string.
 * @returns names of the migrations applied now.
 */
export async function applyMigrations(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const migrationsList = await readMigrations();
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilters }),
    );
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * Applies the migrations and tells what schema.prisma has beyond them.
 * @param url a PostgreSQL database of the coordinator, or an empty one.
 * @returns SQL; an empty string when migrations and schema agree.
 */
export async function missingSql(url: string): Promise<string> {
  await applyMigrations(url);
  const files = [await readSchema()];
  const { stdout } = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilters,
    }),
  );
  return stdout === null || stdout.includes('This is an empty migration') ? '' : stdout;
}
