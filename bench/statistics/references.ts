// pROC, numpy and scikit-learn as they are installed here, in processes of their own on the same scores.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ReferenceFigure {
  readonly data: string;
  /** `single`: AUC and variance; `paired`: the paired test; `auc`: the AUC alone; `ten`: covariance of ten curves */
  readonly what: 'single' | 'paired' | 'auc' | 'ten';
  /** CPU milliseconds of the call */
  readonly ms: number;
  readonly auc?: number;
  readonly variance?: number;
  readonly z?: number;
}

export type Reference = 'pROC' | 'numpy';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const pythons = ['python3', '/usr/bin/python3'];

/** What the reference says and takes, or why there is none: the bench goes on without. */
export function runReference(
  reference: Reference,
  folder: string,
  names: readonly string[],
): { figures: ReferenceFigure[]; absent?: string } {
  const command = reference === 'pROC' ? rscript() : python();
  if (command === undefined)
    return {
      figures: [],
      absent:
        reference === 'pROC'
          ? 'no Rscript with pROC (Debian: apt-get install r-base-core r-cran-proc)'
          : 'no python3 with numpy (Debian: apt-get install python3-numpy python3-sklearn)',
    };
  const [program, ...given] = command;
  const { status, stdout, stderr } = spawnSync(program!, [...given, folder, ...names], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  if (status !== 0) return { figures: [], absent: `${reference} failed: ${stderr.trim().slice(-300)}` };
  return { figures: stdout.trim().split('\n').map(figureOf) };
}

function rscript(): string[] | undefined {
  const found = spawnSync('Rscript', ['-e', 'suppressMessages(library(pROC))']);
  return found.status === 0 ? ['Rscript', script('./references.R')] : undefined;
}

function python(): string[] | undefined {
  const found = pythons.find((one) => spawnSync(one, ['-c', 'import numpy']).status === 0);
  return found === undefined ? undefined : [found, script('./references.py')];
}

/** Lines of scripts of ours: the shape is theirs to keep. */
function figureOf(line: string): ReferenceFigure {
  return JSON.parse(line) as ReferenceFigure;
}
