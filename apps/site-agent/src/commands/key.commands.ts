// `sidemark key ... --data DIR`: the keys of this site, and whom it trusts.
import { DomainError } from '@sidemark/core/errors';
import { action, addVerb, table, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { KeyRotation, requestRotation } from '../identity/key-rotation.ts';
import { findKeyFace, loadSiteKey, saveKey, sweepDrafts } from '../identity/key.store.ts';
import { newPassphrase, passphraseSource } from '../identity/passphrase.ts';
import { loadSite } from '../identity/site.ts';
import { describeKeys } from './key-view.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { assertSecureAddress } from '../link/address.ts';
import { openOutbound } from '../link/outbound.ts';
import { isLocked, takeLock } from '../platform/disk/agent-lock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { removeDurably } from '../platform/disk/durable-file.ts';
import { systemClock } from '../platform/clock.ts';
import { stderrLog } from '../platform/log.ts';
import { silentNarrator } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import type { AgentConfig } from '../config.ts';
import { openData, withData, type DataOption } from './data-option.ts';

const patienceMs = 60_000;

interface RotateOptions extends DataOption {
  readonly abandon?: boolean;
}

interface PassphraseOptions extends DataOption {
  readonly remove?: boolean;
  readonly newFile?: string;
}

export function registerKeyCommands(program: Command): void {
  const key = program.command('key').description('The keys of this site, and whom it trusts');
  const verb = (signature: string, description: string, example: string): Command =>
    withData(addVerb(key, signature, description, example));
  verb('list', 'Keys of this site, and the coordinator’s', 'sidemark key list --data DIR').action(
    action((output, options: DataOption) => list(output, options)),
  );
  verb(
    'rotate',
    'Make a new site key; it takes over when the coordinator says so',
    'sidemark key rotate --data DIR',
  )
    .option('--abandon', 'give up a change that the coordinator has refused')
    .option('--allow-http', 'plain HTTP beyond this machine, on purpose')
    .action(action((output, options: RotateOptions) => rotate(output, options)));
  verb(
    'passphrase',
    'Lock the site key with a passphrase, or change it',
    'sidemark key passphrase --data DIR',
  )
    .option('--new-file <file>', 'file whose first line is the new passphrase; asked when absent')
    .option('--remove', 'leave the key unlocked')
    .action(action((output, options: PassphraseOptions) => changePassphrase(output, options)));
}

async function list(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const keys = await describeKeys(directory, systemClock.now());
  const rows = keys.map(({ role, state, keyId, validFrom, validUntil }) => [
    role,
    state,
    keyId,
    validFrom ?? '',
    validUntil ?? '',
  ]);
  output.result(keys, table(['role', 'state', 'key', 'from', 'until'], rows));
}

async function rotate(output: Output, options: RotateOptions): Promise<void> {
  const { config, directory } = await openData(options);
  if (options.abandon === true) return abandon(output, directory);
  const passphrase = passphraseSource(config.passphraseFile);
  const next = await requestRotation(directory, passphrase, systemRandom);
  if (await isLocked(directory.lock)) await byRunningAgent(directory, next);
  else await bySelf(config, directory, passphrase);
  const keys = await describeKeys(directory, systemClock.now());
  const good = keys.findLast(({ state }) => state === 'followed')?.validUntil ?? null;
  output.result(
    { keyId: next, overlapUntil: good },
    `the site key is ${next} now` +
      (good === null ? '' : `\nwhat the key before it has signed is taken until ${good}`),
  );
}

/** The agent that runs holds ledger and link: it does the work, and is waited for. */
async function byRunningAgent(directory: DataDirectory, next: string): Promise<void> {
  const deadline = systemClock.now().getTime() + patienceMs;
  while ((await findKeyFace(directory.siteKey))?.keyId !== next) {
    if (systemClock.now().getTime() > deadline) {
      const reason = 'the running agent has not been answered yet; it goes on by itself and says so';
      throw new DomainError('coordinator-unreachable', { reason });
    }
    await systemClock.sleep(250);
  }
}

async function bySelf(
  config: AgentConfig,
  directory: DataDirectory,
  passphrase: ReturnType<typeof passphraseSource>,
): Promise<void> {
  const lock = await takeLock(directory.lock);
  try {
    await sweepDrafts(directory);
    const site = await loadSite(directory, passphrase);
    const { coordinator, allowHttp } = site.enrolment;
    assertSecureAddress(coordinator, allowHttp || config.allowHttp);
    const [ledger, policies] = [new LedgerStore(directory.ledger), new PolicyStore(directory.policy)];
    const gate = new EgressGate(coordinator, ledger, policies, systemClock, stderrLog);
    const client = new CoordinatorClient(coordinator, await openOutbound(config.network, coordinator));
    const world = { directory, site, gate, client, clock: systemClock, random: systemRandom, passphrase };
    await new KeyRotation({ ...world, narrator: silentNarrator }).finish();
  } finally {
    await lock.release();
  }
}

/** For a change that was refused for good. One that the coordinator has taken must be brought to its end. */
async function abandon(output: Output, directory: DataDirectory): Promise<void> {
  const next = await findKeyFace(directory.nextSiteKey);
  if (next === undefined) throw usageError('no change of the site key is under way');
  await removeDurably(directory.nextSiteKey);
  output.result({ abandoned: next.keyId }, `key ${next.keyId} is forgotten; the site key stays as it is`);
}

async function changePassphrase(output: Output, options: PassphraseOptions): Promise<void> {
  const { config, directory } = await openData(options);
  if ((await findKeyFace(directory.nextSiteKey)) !== undefined) {
    const reason = 'a change of the site key is under way: bring it to its end with `sidemark key rotate`';
    throw new DomainError('state-conflict', { what: 'site key', reason });
  }
  const key = await loadSiteKey(directory, passphraseSource(config.passphraseFile));
  const lockWith = options.remove === true ? undefined : await newPassphrase(options.newFile);
  const seed = key.secretKey.subarray(0, 32);
  await saveKey(directory.siteKey, seed, lockWith, systemRandom);
  await sweepDrafts(directory);
  const said = lockWith === undefined ? 'is not locked any more' : 'is locked with the new passphrase';
  output.result({ keyId: key.keyId, locked: lockWith !== undefined }, `the site key ${said}`);
}
