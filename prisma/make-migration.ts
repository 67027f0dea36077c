// node --import tsx prisma/make-migration.ts NAME
// Writes prisma/migrations/<timestamp>_NAME/migration.sql: what schema.prisma has and the migrations lack. Needs
// an empty PostgreSQL to try the migrations on, named by DATABASE_URL.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missingSql } from './migrate.ts';
import { lockfileText, prismaFolder } from './schema-engine.ts';

const [name, url = process.env['DATABASE_URL']] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9_]+$/.test(name) || url === undefined) {
  process.stderr.write(
    'usage: DATABASE_URL=postgresql://... node --import tsx prisma/make-migration.ts NAME (a-z, 0-9, _)\n',
  );
  process.exitCode = 2;
} else {
  const sql = await missingSql(url);
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(prismaFolder, 'migrations', `${stamp}_${name}`);
  if (sql === '') process.stdout.write('schema.prisma and the migrations agree: nothing to write\n');
  else {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'migration.sql'), sql);
    await writeFile(join(prismaFolder, 'migrations', 'migration_lock.toml'), lockfileText);
    process.stdout.write(`wrote ${stamp}_${name}/migration.sql\n`);
  }
}
