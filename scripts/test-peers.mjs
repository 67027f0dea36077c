// `npm run test:peers`: tests against programs that are not ours (a browser, a second reader in Python). What is
// missing is named before anything runs; `.ci/run` installs it.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const peers = [
  { name: 'Chromium', command: ['chromium', '--version'], install: 'apt-get install chromium' },
  {
    name: 'Python with cryptography',
    command: [process.env.SIDEMARK_PYTHON ?? 'python3', '-c', 'import cryptography'],
    install:
      'apt-get install python3-cryptography, or pip install cryptography; SIDEMARK_PYTHON names the interpreter',
  },
  {
    name: 'Python with pydicom and numpy',
    command: [process.env.SIDEMARK_PYTHON ?? 'python3', '-c', 'import numpy, pydicom'],
    install: 'apt-get install python3-pydicom python3-numpy; SIDEMARK_PYTHON names the interpreter',
  },
  { name: 'poppler', command: ['pdftotext', '-v'], install: 'apt-get install poppler-utils' },
  {
    name: 'PostgreSQL server',
    command: ['sh', '-c', 'ls /usr/lib/postgresql/*/bin/initdb'],
    install: 'apt-get install postgresql',
  },
  { name: 'dciodvfy', command: ['dciodvfy', '-version'], install: 'apt-get install dicom3tools' },
];

const missing = peers.filter(({ command: [program, ...args] }) => spawnSync(program, args).status !== 0);
for (const { name, install } of missing) console.error(`missing: ${name} (${install})`);
if (missing.length > 0) process.exit(1);

// nothing takes this long but on a machine that is slow and busy, where a test is to fail by what it finds
const patienceMs = 900_000;
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'peers', '--runInBand', `--testTimeout=${patienceMs}`, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      TZ: 'UTC',
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  },
);
process.exit(status ?? 1);
