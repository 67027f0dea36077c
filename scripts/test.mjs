// `npm test`: every jest project that needs no outside server. A project whose data are absent is left out, and why
// is printed; nothing inside a project is ever skipped.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const shared = resolve(root, process.env.SIDEMARK_SHARED ?? '../shared');
// `--only PROJECT`: that one alone, and as thoroughly as it can
const only = process.argv[2] === '--only' ? process.argv[3] : undefined;
const projects = only
  ? [only]
  : ['unit', 'architecture', 'database', 'e2e', 'kill', 'wire', 'tamper', 'disclosure', 'fuzz'];
const jestOptions = process.argv.slice(only ? 4 : 2);

if (only) console.log(`only: ${only}`);
else if (existsSync(join(shared, 'data/radiographs/manifest.csv'))) projects.push('shared-data');
else console.log(`left out: shared-data (no ${join(shared, 'data/radiographs')}; set SIDEMARK_SHARED)`);

const jest = join(root, 'node_modules/jest/bin/jest.js');
// what tests write goes with them; what jest compiled stays for the next run
const scratch = mkdtempSync(join(tmpdir(), 'sidemark-test-'));
// PostgreSQL, which under root runs as another user, passes through it
chmodSync(scratch, 0o711);
const cache = `--cacheDirectory=${join(tmpdir(), 'jest-sidemark')}`;
const { status } = spawnSync(
  process.execPath,
  [jest, cache, ...jestOptions, '--selectProjects', ...projects],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      TMPDIR: scratch,
      SIDEMARK_SHARED: shared,
      SIDEMARK_FUZZ_RUNS: process.env.SIDEMARK_FUZZ_RUNS ?? '10000',
      SIDEMARK_FUZZ_DICOM_RUNS: process.env.SIDEMARK_FUZZ_DICOM_RUNS ?? (only ? '10000' : '1000'),
      SIDEMARK_DISCLOSURE_TRIALS: process.env.SIDEMARK_DISCLOSURE_TRIALS ?? (only ? '200' : '20'),
      SIDEMARK_KILL: process.env.SIDEMARK_KILL ?? (only ? 'all' : 'short'),
      TZ: 'UTC',
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  },
);
rmSync(scratch, { recursive: true, force: true });
process.exit(status ?? 1);
