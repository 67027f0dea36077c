// Proves that each import rule bites: a forbidden import is planted in a copy of the tree's shape and must be refused.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const plants: [rule: string, file: string, text: string][] = [
  ['no-app-to-app', 'apps/cli/src/a.ts', "import '../../coordinator/src/b.ts';"],
  ['no-lib-to-app', 'libs/core/src/stats/c.ts', "import '../../../../apps/coordinator/src/b.ts';"],
  ['core-knows-no-library-of-ours', 'libs/core/src/contract/d.ts', "import '../../../dicom/src/b.ts';"],
  ['core-is-pure', 'libs/core/src/stats/e.ts', "import 'node:fs';"],
  ['imaging-imports-nothing', 'libs/core/src/imaging/f.ts', "import 'zod';"],
  ['stats-imports-stdlib-only', 'libs/core/src/stats/g.ts', "import '../errors/b.ts';"],
  ['analysis-imports-contract-and-stats', 'libs/core/src/analysis/p.ts', "import '../errors/b.ts';"],
  ['reading-imports-types-only', 'libs/core/src/reading/u.ts', "import { z } from '../contract/t.ts'; z();"],
  [
    'qualification-imports-contract-boxes-and-stats',
    'libs/core/src/qualification/q.ts',
    "import '../errors/b.ts';",
  ],
  ['contract-imports-zod-only', 'libs/core/src/contract/h.ts', "import '../stats/b.ts';"],
  ['errors-import-nothing', 'libs/core/src/errors/i.ts', "import 'zod';"],
  ['signing-imports-crypto-only', 'libs/core/src/signing/j.ts', "import 'node:fs';"],
  ['onnx-imports-errors-only', 'libs/core/src/onnx/p.ts', "import 'onnx-proto';"],
  [
    'dashboard-knows-the-contract-only',
    'apps/dashboard/src/r.tsx',
    "import '../../../libs/core/src/errors/b.ts';",
  ],
  [
    'dashboard-takes-types-from-the-contract',
    'apps/dashboard/src/s.tsx',
    "import { z } from '../../../libs/core/src/contract/t.ts'; z();",
  ],
  ['prisma-in-repositories', 'apps/coordinator/src/sites/sites.service.ts', "import '@prisma/adapter-pg';"],
  ['onnxruntime-in-one-file', 'apps/site-agent/src/pipeline/k.ts', "import 'onnxruntime-node';"],
  ['pdf-in-one-room', 'libs/run-report/src/sections/t.ts', "import 'pdfkit';"],
  ['dicom-parser-in-libs-dicom', 'apps/site-agent/src/dataset/l.ts', "import 'dicom-parser';"],
  [
    'controllers-delegate',
    'apps/coordinator/src/sites/sites.controller.ts',
    "import './sites.repository.ts';",
  ],
  [
    'own-repository-only',
    'apps/coordinator/src/runs/runs.service.ts',
    "import '../sites/sites.repository.ts';",
  ],
  ['declared-dependencies', 'libs/core/src/signing/o.ts', "import 'rxjs';"],
  ['no-cycles', 'apps/coordinator/src/b.ts', "import './m.ts';"],
  ['no-unresolved', 'apps/coordinator/src/n.ts', "import './not-there.ts';"],
];
const soil = [
  ['apps/coordinator/src/m.ts', "import './b.ts';"],
  ['apps/coordinator/src/sites/sites.repository.ts', 'export {};'],
  ['libs/dicom/src/b.ts', 'export {};'],
  ['libs/core/src/errors/b.ts', 'export {};'],
  ['libs/core/src/contract/t.ts', 'export const z = () => 1;'],
  ['libs/core/src/stats/b.ts', 'export {};'],
] as const;

let planted: string;
let report: string;

const write = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(planted, file)), { recursive: true });
  await writeFile(join(planted, file), `${text}\n`);
};

function cruise(cwd: string): Promise<string> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, 'apps', 'libs', '--config', '.dependency-cruiser.mjs', '--output-type', 'err'];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, env: { ...process.env, NODE_OPTIONS: '' } },
      (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
    );
  });
}

beforeAll(async () => {
  planted = await mkdtemp(join(tmpdir(), 'sidemark-boundaries-'));
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    await cp(join(root, file), join(planted, file));
  }
  await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
  for (const [file, text] of soil) await write(file, text);
  for (const [, file, text] of plants) await write(file, text);
  report = await cruise(planted);
});

afterAll(() => rm(planted, { recursive: true, force: true }));

describe('the import rules', () => {
  it.each(plants)('%s refuses what is planted in %s', (rule, file) => {
    const lines = report.split('\n').filter((line) => line.includes(`${rule}:`));
    expect(lines.some((line) => line.includes(file))).toBe(true);
  });

  it('are all planted against', async () => {
    const config = (await import(join(root, '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(config.default.forbidden.map((r) => r.name).sort()).toEqual(plants.map(([rule]) => rule).sort());
  });

  it('hold in the house as it stands', async () => {
    expect(await cruise(root)).toMatch(/no dependency violations found/);
  });
});
