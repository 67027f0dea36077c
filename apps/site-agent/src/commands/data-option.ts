// --data, the option every command of the agent takes.
import type { Command } from 'commander';
import { loadConfig, type AgentConfig } from '../config.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';

export interface DataOption {
  readonly data?: string;
  readonly allowHttp?: boolean;
  readonly consolePort?: number;
}

export function withData(verb: Command): Command {
  return verb.option('--data <dir>', 'data directory of the agent (SIDEMARK_AGENT_DATA, .data/site-agent)');
}

/** The configuration for a command, and its data directory, opened. */
export async function openData({
  data,
  allowHttp,
  consolePort,
}: DataOption): Promise<{ config: AgentConfig; directory: DataDirectory }> {
  const config = loadConfig({
    ...(data === undefined ? {} : { data }),
    ...(allowHttp === true ? { allowHttp } : {}),
    ...(consolePort === undefined ? {} : { consolePort }),
  });
  return { config, directory: await openDataDirectory(config.dataDirectory) };
}
