import type { Command } from 'commander';
import { type AccountLink, AccountRole } from '@sidemark/core/contract';
import { table, usageError } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { findAccount } from '../input/lookup.ts';
import { administratorVerb } from '../input/verb.ts';

const handOver = ({ account, address, expiresAt }: AccountLink): string =>
  `One-time link for ${account.name}, good until ${expiresAt}. Hand it over yourself; it is shown once:\n\n  ${address}`;

function roleOf(text: string): AccountRole {
  const role = AccountRole.safeParse(text);
  if (!role.success) throw usageError(`--role is ${AccountRole.options.join(', ')}`);
  return role.data;
}

export function registerAccount(program: Command): void {
  const account = program.command('account').description('People who sign in to the dashboard');
  administratorVerb<{ role: string }, [string]>(
    account,
    'invite <name>',
    'Invite a person: prints a one-time link',
    'sidemark account invite r.meyer --role reader',
    async ({ output, connection, options }, name) => {
      const body = { name, role: roleOf(options.role) };
      const link = await call(connection, 'inviteAccount', { body });
      output.result(link, handOver(link));
    },
  ).requiredOption('--role <role>', 'reader, coordinator or administrator');
  administratorVerb<object, [string]>(
    account,
    'reset <account>',
    'A new one-time link: ends sessions, password and lock of an account',
    'sidemark account reset r.meyer',
    async ({ output, connection }, name) => {
      const { id } = await findAccount(connection, name);
      const link = await call(connection, 'resetAccount', { params: { id } });
      output.result(link, handOver(link));
    },
  );
  administratorVerb(
    account,
    'list',
    'List accounts',
    'sidemark account list',
    async ({ output, connection }) => {
      const accounts = await call(connection, 'listAccounts');
      const rows = accounts.map((a) => [a.name, a.role, a.state, a.lastSignInAt ?? 'never', a.id]);
      output.result(accounts, table(['name', 'role', 'state', 'last sign-in', 'id'], rows));
    },
  );
  for (const [verb, route, done] of [
    ['disable', 'disableAccount', 'is disabled; its sessions have ended'],
    ['enable', 'enableAccount', 'may sign in again'],
  ] as const)
    administratorVerb<object, [string]>(
      account,
      `${verb} <account>`,
      `${verb === 'disable' ? 'Disable' : 'Enable'} an account`,
      `sidemark account ${verb} r.meyer`,
      async ({ output, connection }, name) => {
        const { id } = await findAccount(connection, name);
        const changed = await call(connection, route, { params: { id } });
        output.result(changed, `${changed.name} ${done}`);
      },
    );
}
