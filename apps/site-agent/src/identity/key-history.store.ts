// The keys that this site has had: what it said when it changed them, and the coordinator's signed answer.
import { RotateSiteKey, SiteKeyRotated } from '@sidemark/core/contract';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { readJson, writeJson } from '../platform/disk/durable-file.ts';
import { z } from 'zod';

const KeyChange = z.strictObject({ said: RotateSiteKey, answered: SiteKeyRotated });
export type KeyChange = z.infer<typeof KeyChange>;

/** Oldest first. */
export async function loadKeyHistory(directory: DataDirectory): Promise<KeyChange[]> {
  return (await readJson(directory.keyHistory, z.array(KeyChange))) ?? [];
}

const newKeyOf = ({ said }: KeyChange): string | undefined => said.possession.signatures[0]?.keyid;

/** Adds a change, or replaces what is there of the same new key: an answer may come twice. */
export async function rememberKeyChange(directory: DataDirectory, change: KeyChange): Promise<void> {
  const others = (await loadKeyHistory(directory)).filter((one) => newKeyOf(one) !== newKeyOf(change));
  await writeJson(directory.keyHistory, [...others, change]);
}
