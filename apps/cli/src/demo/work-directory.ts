// A temporary folder for a whole federation. Others may pass through it but not look: run as root, PostgreSQL works
// as the user `postgres` in a subfolder of its own.
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function makeWorkDirectory(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `sidemark-${name}-`));
  await chmod(dir, 0o711);
  return dir;
}
