// What runs here, as the report header names it.
import { createRequire } from 'node:module';
import { Version, type ReportHeader } from '@sidemark/core/contract';
import { z } from 'zod';

const locate = createRequire(import.meta.url);
const Package = z.object({ version: z.string() });

/** `1.2.3` of a version text; tags behind it are left out. */
function threeNumbers(text: string): string {
  return Version.parse(/^\d+\.\d+\.\d+/.exec(text)?.[0]);
}

function versionOf(specifier: string): string {
  return threeNumbers(Package.parse(locate(specifier)).version);
}

export const agentVersion = versionOf('../../package.json');

export type Runtime = Pick<
  ReportHeader,
  'agentVersion' | 'nodeVersion' | 'onnxruntimeVersion' | 'platform' | 'architecture'
>;

/** Versions and platform of this process. */
export function describeRuntime(): Runtime {
  const { platform, arch } = process;
  return {
    agentVersion,
    nodeVersion: threeNumbers(process.versions.node),
    onnxruntimeVersion: versionOf('onnxruntime-node/package.json'),
    platform: platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other',
    architecture: arch === 'x64' || arch === 'arm64' ? arch : 'other',
  };
}
