// The detector and the inpainter of a site's own work: those shipped with Sidemark, or files that the site names.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Manifest } from '@sidemark/core/contract';
import { usageError } from '@sidemark/terminal';
import type { LocalModel, LocalModels } from '../models/local-model.ts';

const shipped = fileURLToPath(new URL('../../../../models/', import.meta.url));

export interface ModelChoice {
  /** folder with NAME.onnx and NAME.json of one detector and one inpainter */
  readonly models?: string;
  /** manifest, its ONNX file of the same name beside it */
  readonly detector?: string;
  readonly inpainter?: string;
}

type Role = 'detector' | 'inpainter';
type Chosen = Pick<LocalModels, Role>;

/** @throws DomainError `usage` where a manifest is missing, is none, or is of another role */
export async function chooseModels({ models = shipped, detector, inpainter }: ModelChoice): Promise<Chosen> {
  return {
    detector: await modelOf('detector', detector, models),
    inpainter: await modelOf('inpainter', inpainter, models),
  };
}

async function modelOf<R extends Role>(
  role: R,
  file: string | undefined,
  folder: string,
): Promise<Chosen[R]> {
  const found = file === undefined ? await inFolder(folder, role) : [await readModel(resolve(file))];
  const [model, second] = found.filter((one) => one?.manifest.role === role);
  if (!model) {
    throw usageError(
      file === undefined
        ? `no manifest of role ${role} in ${folder}`
        : `no manifest of role ${role}: ${file}`,
    );
  }
  if (second) throw usageError(`more than one ${role} in ${folder}: name one with --${role} MANIFEST`);
  return model as Chosen[R];
}

async function inFolder(folder: string, role: Role): Promise<(LocalModel | undefined)[]> {
  const names = await readdir(folder).catch(() => {
    throw usageError(`the folder of models cannot be read: ${folder} (for the ${role})`);
  });
  const manifests = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(manifests.map((name) => readModel(resolve(join(folder, name)))));
}

/** Undefined for JSON that is no manifest, and for what cannot be read. */
async function readModel(path: string): Promise<LocalModel | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const manifest = Manifest.parse(JSON.parse(text));
    return { manifest, sha256: manifest.sha256, path: path.replace(/\.json$/, '.onnx') };
  } catch {
    return undefined;
  }
}
