// The machine under the agent: Node.js, disk, memory, processor.
import { readFile, statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { HealthFinding } from '@sidemark/core/contract';
import type { AgentConfig } from '../config.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import { bad, good, look } from './finding.ts';

const gib = 2 ** 30;
const inGib = (bytes: number): string => `${(bytes / gib).toFixed(1)} GiB`;

export function examineNode(version = process.versions.node): HealthFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return fits
    ? good('Node.js', version)
    : bad('Node.js', version, 'Install Node.js 20.19 or newer, and start the agent with it.');
}

export async function examineDisk(folder: string): Promise<HealthFinding> {
  const { bavail, bsize } = await onDisk(() => statfs(folder));
  return diskFinding(bavail * bsize);
}

export function diskFinding(freeBytes: number): HealthFinding {
  const found = `${inGib(freeBytes)} free under the data directory`;
  const remedy =
    'Free space on this disk: models, journals and reports are kept there, and a full disk stops the work.';
  if (freeBytes < gib) return bad('disk', found, remedy);
  return freeBytes < 5 * gib ? look('disk', found, remedy) : good('disk', found);
}

/** What can be had without swapping; Linux tells it apart from what is free. */
async function availableBytes(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kib === undefined ? freemem() : Number(kib) * 1024;
}

export async function examineMemory({ workers }: Pick<AgentConfig, 'workers'>): Promise<HealthFinding> {
  return memoryFinding(await availableBytes(), totalmem(), workers);
}

/** A worker holds the models, one film and its tensors: 1 GiB is ample for the shipped ones. */
export function memoryFinding(available: number, total: number, workers: number): HealthFinding {
  const found = `${inGib(available)} of ${inGib(total)} available, ${workers} inference ${workers === 1 ? 'process' : 'processes'}`;
  if (available < gib / 2)
    return bad(
      'memory',
      found,
      'Stop other programs or give this machine more memory: a process that runs out is killed.',
    );
  return available < workers * gib
    ? look('memory', found, 'Start fewer inference processes: SIDEMARK_WORKERS; about 1 GiB each is ample.')
    : good('memory', found);
}

export async function examineCpu({ workers }: Pick<AgentConfig, 'workers'>): Promise<HealthFinding> {
  const cores = availableParallelism();
  const found = `${cores} cores, ${arch()}, ${cpus()[0]?.model.trim() ?? 'of an unknown model'}`;
  if (arch() !== 'x64' && arch() !== 'arm64')
    return bad('CPU', found, 'Use a machine with x64 or arm64: onnxruntime runs on nothing else here.');
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  if (arch() === 'x64' && flags !== '' && !/\bavx2\b/.test(flags))
    return look(
      'CPU',
      `${found}, without AVX2`,
      'Expect a fraction of the speed, or use a processor with AVX2 (most since 2013).',
    );
  return workers > cores
    ? look(
        'CPU',
        `${found}; ${workers} inference processes`,
        `Set SIDEMARK_WORKERS to ${cores} at most: more of them wait for each other.`,
      )
    : good('CPU', found);
}
