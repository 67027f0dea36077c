// Roles and states of accounts, said to people.
import type { AccountRole, AccountState } from '@sidemark/core/contract';

export const roleNames: Readonly<Record<AccountRole, string>> = {
  reader: 'reader: looks',
  coordinator: 'coordinator: runs studies',
  administrator: 'administrator: also accounts and keys',
};

export const roleOptions: readonly (readonly [AccountRole, string])[] = [
  ['reader', roleNames.reader],
  ['coordinator', roleNames.coordinator],
  ['administrator', roleNames.administrator],
];

export const accountStates: Readonly<Record<AccountState, string>> = {
  invited: 'invited: waits for the one-time link',
  active: 'active',
  disabled: 'disabled',
};
