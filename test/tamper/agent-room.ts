// The data directory of an agent for hostile files, and all that must not change in it.
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, signingKeyFromSeed, sixWords } from '@sidemark/core/signing';
import { CoordinatorTrust } from '../../apps/site-agent/src/identity/coordinator-trust.ts';
import type { Site } from '../../apps/site-agent/src/identity/site.ts';
import { SiteSigner } from '../../apps/site-agent/src/identity/site-signer.ts';
import {
  base64,
  delegationOf,
  ids,
  onlineKey,
  releaseKey,
} from '../../apps/site-agent/src/jobs/trial.sample.ts';
import {
  type DataDirectory,
  openDataDirectory,
} from '../../apps/site-agent/src/platform/disk/data-directory.ts';
import { type HostileCase, refusalOf } from './hostile.ts';

export const siteKey = signingKeyFromSeed(new Uint8Array(32).fill(9));
export const address = 'https://trial.example';

export interface AgentRoom {
  readonly directory: DataDirectory;
  readonly trust: CoordinatorTrust;
  readonly site: Pick<Site, 'enrolment' | 'signer' | 'trust'>;
}

/** Enrolled, trusting the release key and the on-line key of the sample trial. */
export async function agentRoom(): Promise<AgentRoom> {
  const directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-tamper-')), 'data'));
  const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
  trust.admit(delegationOf(onlineKey));
  const enrolment = {
    schema: 'sidemark.agent-enrolment/1' as const,
    coordinator: address,
    allowHttp: false,
    releasePublicKey: base64(releaseKey.publicKey),
    study: ids.study,
    site: ids.site,
    siteName: 'north',
    siteKeyId: siteKey.keyId,
    words: sixWords('0'.repeat(64)),
    answered: true,
  };
  return { directory, trust, site: { enrolment, signer: new SiteSigner(siteKey), trust } };
}

/** Every file below the folder with its digest. */
export async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (
    await Promise.all(files.sort().map(async (path) => `${path} ${sha256(await readFile(path))}`))
  ).join('\n');
}

/** Cases at a door of the agent. The attack may not change a file there; if it does, that is what the door is heard to say. */
export const agentCase =
  (door: string) =>
  (
    expected: string,
    name: string,
    prepare: (room: AgentRoom) => (() => unknown) | Promise<() => unknown>,
  ): HostileCase => ({
    door,
    name,
    expected,
    prepare: async () => {
      const room = await agentRoom();
      const work = await prepare(room);
      const before = await filesOf(room.directory.root);
      return async () => {
        const heard = await refusalOf(work);
        return (await filesOf(room.directory.root)) === before ? heard : { ...heard, code: 'files changed' };
      };
    },
  });
