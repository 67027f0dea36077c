// What runs here, as the report header names it.
import { createRequire } from 'node:module';
import { Version, type ReportHeader } from '@sidemark/core/contract';
import { z } from 'zod';

const Package = z.object({ version: Version });

export const agentVersion = Package.parse(createRequire(import.meta.url)('../../package.json')).version;

export type Runtime = Pick<
  ReportHeader,
  'agentVersion' | 'nodeVersion' | 'onnxruntimeVersion' | 'platform' | 'architecture'
>;

/** Versions and platform of this process. @param onnxruntimeVersion as the inference room found it. */
export function describeRuntime(onnxruntimeVersion: string): Runtime {
  const { platform, arch } = process;
  return {
    agentVersion,
    nodeVersion: Version.parse(process.versions.node.split('-')[0]),
    onnxruntimeVersion,
    platform: platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other',
    architecture: arch === 'x64' || arch === 'arm64' ? arch : 'other',
  };
}
