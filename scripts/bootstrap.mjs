// Installs what is missing, and only that: node_modules when they do not fit the lock file, the Prisma client when
// it does not fit its schema, the dashboard and the site console when their sources changed. Every npm script of the README starts here, so a fresh clone needs no other step.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const digest = (file) =>
  createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');

function fits(stamp, wanted) {
  const file = join(root, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === wanted;
}

function installModules() {
  const stamp = 'node_modules/.sidemark-lock';
  const wanted = digest('package-lock.json');
  if (fits(stamp, wanted)) return;
  console.error('installing dependencies (npm ci) ...');
  execFileSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    // stdout belongs to the command that comes after: some print JSON alone
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: process.platform === 'win32',
  });
  writeFileSync(join(root, stamp), wanted);
}

function generateClient() {
  const stamp = 'prisma/generated/.schema';
  const wanted = digest('prisma/schema.prisma');
  if (fits(stamp, wanted)) return;
  console.error('generating the Prisma client ...');
  // `generate` does not run the schema engine, but would try to download one: name a program that is there instead
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const prisma = join(root, 'node_modules/prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'generate', '--schema', 'prisma/schema.prisma'], {
    cwd: root,
    env,
    stdio: 'pipe',
  });
  writeFileSync(join(root, stamp), wanted);
}

/** Digest of everything that the pages are built from, their dependencies included. */
function dashboardSources() {
  const isSource = (file) =>
    !/(^|[\\/])(dist|dist-console|node_modules|__snapshots__)([\\/]|$)|\.spec\.tsx?$/.test(file);
  const files = readdirSync(join(root, 'apps/dashboard'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter(isSource)
    .sort();
  const digests = [...files, 'package-lock.json'].map(
    (file) => `${file.replaceAll('\\', '/')} ${digest(file)}`,
  );
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}

function buildPages() {
  const wanted = dashboardSources();
  buildPage('the dashboard', 'apps/dashboard/dist/.sources', wanted, ['apps/dashboard']);
  const config = ['--config', 'apps/dashboard/vite.console.config.ts'];
  buildPage('the site console', 'apps/dashboard/dist-console/.sources', wanted, config);
}

function buildPage(name, stamp, wanted, args) {
  if (fits(stamp, wanted)) return;
  console.error(`building ${name} ...`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', ...args, '--logLevel', 'warn'], {
    cwd: root,
    // whoever asks: in a test, too, people get the build that is small
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  writeFileSync(join(root, stamp), wanted);
}

installModules();
generateClient();
buildPages();
