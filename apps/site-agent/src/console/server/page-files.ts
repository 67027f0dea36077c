// The page of the console: the static files that `npm run build:console` makes, read once.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { systemCode } from '../../platform/disk/durable-file.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** By path, `/` for the page itself; empty where it is not built. Only these are served: no path is made of a request. */
export async function readPage(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = `/${relative(folder, full).split(sep).join('/')}`;
    files.set(path === '/index.html' ? '/' : path, { type, bytes: await readFile(full) });
  }
  return files;
}

export const unbuilt = `This is the console of a Sidemark site agent. Its page is not built here: run \`npm run build:console\` where Sidemark is installed, and start the agent again.\n`;
