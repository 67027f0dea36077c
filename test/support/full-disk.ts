// A disk that is full for a while: files opened through it tear a write in the middle and say ENOSPC, so many times.
import { jest } from '@jest/globals';
import * as real from 'node:fs/promises';

let refusals = 0;

/** The next `writes` writes fail, each leaving half of its bytes behind, as a full disk does. */
export function fillDisk(writes: number): void {
  refusals = writes;
}

/** Writes that are still to fail. */
export const refusalsLeft = (): number => refusals;

const noSpace = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });

type Write = (data: string | Uint8Array) => Promise<void>;

function tearing(handle: real.FileHandle, write: Write): Write {
  return async (data) => {
    if (refusals === 0) return write(data);
    refusals -= 1;
    const bytes = Buffer.from(data as Uint8Array);
    await handle.write(bytes.subarray(0, bytes.length >> 1));
    throw noSpace();
  };
}

/** Puts the disk under every module that is imported after this call. */
export function mountFullDisk(): void {
  jest.unstable_mockModule('node:fs/promises', () => ({
    ...real,
    open: async (...how: Parameters<typeof real.open>) => {
      const handle = await real.open(...how);
      const writeFile = handle.writeFile.bind(handle);
      const appendFile = handle.appendFile.bind(handle);
      handle.writeFile = tearing(handle, (data) => writeFile(data));
      handle.appendFile = tearing(handle, (data) => appendFile(data));
      return handle;
    },
  }));
}
