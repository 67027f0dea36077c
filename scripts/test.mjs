// `npm test`: every jest project that needs no outside server. A project whose data are absent is left out, and why
// is printed; nothing inside a project is ever skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const shared = resolve(root, process.env.SIDEMARK_SHARED ?? '../shared');
const projects = ['unit', 'architecture', 'database', 'e2e', 'kill'];

if (existsSync(join(shared, 'data/radiographs/manifest.csv'))) projects.push('shared-data');
else console.log(`left out: shared-data (no ${join(shared, 'data/radiographs')}; set SIDEMARK_SHARED)`);

const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', ...projects, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      SIDEMARK_SHARED: shared,
      TZ: 'UTC',
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  },
);
process.exit(status ?? 1);
