// Prisma's own schema engine as WebAssembly: nothing is downloaded. The package's entry imports the .wasm as a
// module, which Node cannot do without a flag, so it is instantiated here by hand.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

export const prismaFolder = dirname(fileURLToPath(import.meta.url));
const migrationsFolder = join(prismaFolder, 'migrations');
export const lockfileText = 'provider = "postgresql"\n';
export const noFilters = { externalTables: [], externalEnums: [] };

interface Instance {
  readonly exports: { __wbindgen_start(): void };
}

/** Node has it; the type library of this project has not. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: Instance }> };
};

const { SchemaEngine: Engine, ...glue } = bindings as unknown as {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(wasm: object): void;
};

/** Where the engine leaves the words of a panic; it wants this on the global object. */
const panic = { message: '', set_message: (message: string) => void (panic.message = message) };

/** The engine sets timers and forgets them; they shall not keep the process. */
function patientTimer(work: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(work, delayMs).unref();
}

function imports(): object {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout'));
  return { ...bindings, ...Object.fromEntries(names.map((name) => [name, patientTimer])) };
}

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panic });
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': imports() });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The datamodel as the engine takes it. */
export async function readSchema(): Promise<SchemaContainer> {
  return { path: 'schema.prisma', content: await readFile(join(prismaFolder, 'schema.prisma'), 'utf8') };
}

/** Everything under prisma/migrations, in order. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: lockfileText },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

const charOid = 18;
const charArrayOid = 1002;

/** adapter-pg does not know the "char" columns of the system catalogues: here they pass as arrays of them. */
function catalogPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 5000, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  const ask = pool.query.bind(pool);
  const query = async (config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult> => {
    const result = await ask(config);
    for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    return result;
  };
  return Object.assign(pool, { query });
}

/** Gives those columns their true type, and an empty "char" the NUL that the engine looks for. */
function withChars<T extends SqlDriverAdapter>(adapter: T): T {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const { columnNames, columnTypes, rows } = await queryRaw(query);
    const isChar = columnTypes.map((type) => type === ColumnTypeEnum.CharacterArray);
    return {
      columnNames,
      columnTypes: columnTypes.map((type, i) => (isChar[i] ? ColumnTypeEnum.Character : type)),
      rows: rows.map((row) => row.map((cell, i) => (isChar[i] && cell === '' ? '\0' : cell))),
    };
  };
  return adapter;
}

/** Runs `work` with an engine bound to the database at `url`, and frees it afterwards. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loaded ??= load());
  // a pool of our own: the engine frees its memory, not its connections
  const pool = catalogPool(url);
  const factory = new PrismaPg(pool);
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => withChars(await factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  });
  const schema = await readSchema();
  const engine = await Engine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}
