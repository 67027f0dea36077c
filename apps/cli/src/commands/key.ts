// `sidemark key ...`: with --data DIR the keys of the site in that directory, else those of the coordinator. `key sign`
// needs neither: it is for the machine that holds the release key.
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { action, addVerb, type Output } from '@sidemark/terminal';
import type { DelegationChange, KeyList } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { keyStateAt } from '@sidemark/core/trust';
import { type Connection, connectionFrom, type ConnectionOptions } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { readJson } from '../input/json-file.ts';
import { administratorVerb } from '../input/verb.ts';
import { signDelegation } from '../sign-delegation.ts';
import { delegationText, keyListText } from '../views/key.view.ts';
import { runApp } from './delegate.ts';

interface SiteOptions extends ConnectionOptions {
  readonly json?: boolean;
  readonly data?: string;
  readonly abandon?: boolean;
  readonly allowHttp?: boolean;
  readonly newFile?: string;
  readonly remove?: boolean;
}

interface Terms {
  readonly overlapHours?: string;
  readonly validDays?: string;
}

interface DraftOptions extends Terms {
  readonly rotate?: boolean;
  readonly revoke?: string;
  readonly out: string;
}

export function registerKey(program: Command): void {
  const key = program.command('key').description('Keys: the coordinator’s, or with --data those of a site');
  registerShared(key);
  registerOffice(key);
  addVerb(
    key,
    'sign <draft>',
    'Sign a drafted list of on-line keys; no coordinator and no network is needed',
    'sidemark key sign keys.draft.json --release-key /media/stick/release.key --out keys.signed.json',
  )
    .requiredOption('--release-key <file>', 'the release key, as the coordinator made it')
    .requiredOption('--out <file>', 'where to write the signed list')
    .action(
      action(async (output, draft: string, options: { releaseKey: string; out: string }) => {
        const { delegation, envelope } = await signDelegation(await readJson(draft), options.releaseKey);
        await writeFile(options.out, `${JSON.stringify(envelope, null, 2)}\n`);
        output.result(
          { file: options.out, delegation },
          `${delegationText(delegation)}\nsigned; written to ${options.out}. At the coordinator: sidemark key adopt ${options.out}`,
        );
      }),
    );
}

/** Verbs that a site and the trial office both have: --data says whose keys are meant. */
function registerShared(key: Command): void {
  const shared = (signature: string, description: string, example: string): Command =>
    addVerb(key, signature, description, example)
      .option('--data <dir>', 'data directory of a site agent: the keys of that site')
      .option('--url <url>', 'coordinator address (SIDEMARK_URL)')
      .option('--token-file <file>', 'file with the administrator token (SIDEMARK_TOKEN_FILE)');
  shared('list', 'List keys with role, validity and revocation', 'sidemark key list').action(
    action((output, options: SiteOptions) => {
      if (options.data !== undefined) return atSite('list', options);
      return showAfter(output, connectionFrom(options), (connection) => call(connection, 'listKeys'));
    }),
  );
  const rotate = shared(
    'rotate',
    'A new key takes over: the on-line key, or with --data the key of that site',
    'sidemark key rotate --data /srv/sidemark-site',
  );
  withTerms(rotate)
    .option('--abandon', 'at a site: give up a change that the coordinator has refused')
    .option('--allow-http', 'at a site: plain HTTP beyond this machine, on purpose')
    .action(
      action((output, options: SiteOptions & Terms) => {
        if (options.data !== undefined) return atSite('rotate', options);
        const body = { ...termsOf(options), rotate: true, revoke: [] };
        return showAfter(output, connectionFrom(options), (connection) =>
          call(connection, 'changeDelegation', { body }),
        );
      }),
    );
  addVerb(
    key,
    'passphrase',
    'Lock the key of a site with a passphrase, change it, or take it off',
    'sidemark key passphrase --data /srv/sidemark-site',
  )
    .requiredOption('--data <dir>', 'data directory of the site agent')
    .option('--new-file <file>', 'file whose first line is the new passphrase; asked when absent')
    .option('--remove', 'leave the key unlocked')
    .action(action((_output, options: SiteOptions) => atSite('passphrase', options)));
}

function registerOffice(key: Command): void {
  administratorVerb<object, [string]>(
    key,
    'revoke <key>',
    'Revoke an on-line key or one key of a site, by its id or the first 8 digits of it',
    'sidemark key revoke 3fa94c07',
    ({ output, connection }, id) => showAfter(output, connection, () => revoke(connection, id)),
  );
  withTerms(
    administratorVerb<DraftOptions>(
      key,
      'draft',
      'Write the next list of on-line keys, to be signed where the release key is',
      'sidemark key draft --rotate --out keys.draft.json',
      async ({ output, connection, options }) => {
        const { keys } = await call(connection, 'listKeys');
        const revoked = (options.revoke?.split(',') ?? []).map((id) => find(keys, id).keyId);
        const body = { ...termsOf(options), rotate: options.rotate === true, revoke: revoked };
        const drafted = await call(connection, 'draftDelegation', { body });
        await writeFile(options.out, `${JSON.stringify(drafted, null, 2)}\n`);
        output.result(
          { file: options.out, delegation: drafted },
          `${delegationText(drafted)}\nwritten to ${options.out}. Where the release key is: sidemark key sign ${options.out} --release-key FILE --out FILE`,
        );
      },
    )
      .option('--rotate', 'a new on-line key takes over')
      .option('--revoke <keys>', 'on-line keys to revoke, with commas between them')
      .requiredOption('--out <file>', 'where to write the draft'),
  );
  administratorVerb<object, [string]>(
    key,
    'adopt <file>',
    'Take a signed list of on-line keys into use',
    'sidemark key adopt keys.signed.json',
    ({ output, connection }, file) =>
      showAfter(output, connection, async () =>
        call(connection, 'adoptDelegation', { body: await readJson(file) }),
      ),
  );
}

function withTerms(verb: Command): Command {
  return verb
    .option('--overlap-hours <n>', 'on-line key: how long the one before it stays valid (24)')
    .option(
      '--valid-days <n>',
      'on-line key: how long the new one is valid; until it is followed when absent',
    );
}

function termsOf({ overlapHours, validDays }: Terms): Pick<DelegationChange, 'overlapHours' | 'validDays'> {
  return {
    overlapHours: Number(overlapHours ?? 24),
    validDays: validDays === undefined ? null : Number(validDays),
  };
}

async function revoke(connection: Connection, id: string): Promise<KeyList> {
  const { keys } = await call(connection, 'listKeys');
  const { keyId, role } = find(keys, id);
  if (role === 'site') return call(connection, 'revokeSiteKey', { params: { id: keyId } });
  if (role === 'release') throw new DomainError('signer-role', { keyId, role });
  const left = keys.filter(
    (one) => one.role === 'online' && one.keyId !== keyId && keyStateAt(one, new Date()) === 'valid',
  );
  // the newest signs: when it goes, another must come
  const isCurrent = !left.some(({ validUntil }) => validUntil === null);
  const body = { ...termsOf({}), rotate: isCurrent, revoke: [keyId] };
  return call(connection, 'changeDelegation', { body });
}

function find(keys: KeyList['keys'], id: string): KeyList['keys'][number] {
  const [found, second] = /^[0-9a-f]{8,64}$/.test(id) ? keys.filter(({ keyId }) => keyId.startsWith(id)) : [];
  if (found === undefined) throw new DomainError('not-found', { key: id });
  if (second !== undefined)
    throw new DomainError('usage', { reason: `${id} is not unique: use the whole id` });
  return found;
}

async function showAfter(
  output: Output,
  connection: Connection,
  work: (connection: Connection) => Promise<KeyList>,
): Promise<void> {
  const list = await work(connection);
  output.result(list, keyListText(list, new Date()));
}

function atSite(verb: string, options: SiteOptions): Promise<void> {
  const { data = '', json, abandon, allowHttp, remove, newFile } = options;
  const flags = { '--json': json, '--abandon': abandon, '--allow-http': allowHttp, '--remove': remove };
  const given = Object.entries(flags).flatMap(([flag, value]) => (value === true ? [flag] : []));
  const file = newFile === undefined ? [] : ['--new-file', newFile];
  return runApp('site-agent', ['key', verb, '--data', data, ...given, ...file]);
}
