// Every command has help with an example, and every option that is said to take a value takes one.
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { program } from './program.ts';

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

const path = (command: Command): string =>
  command.parent === null ? command.name() : `${path(command.parent)} ${command.name()}`;

const verbs = leaves(program()).filter((command) => command.parent?.parent !== null);

function help(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return text;
}

describe('sidemark', () => {
  it.each(verbs.map((verb) => [path(verb), verb] as const))(
    '%s shows an example and takes --json',
    (name, verb) => {
      expect(help(verb)).toContain(`$ ${name}`);
      expect(verb.options.map((option) => option.long)).toContain('--json');
    },
  );

  it.each(verbs.map((verb) => [path(verb), verb] as const))(
    '%s: options named in capitals would be switches',
    (_name, verb) => {
      for (const { flags } of verb.options) expect(flags).toMatch(/^--[a-z-]+( <[a-z ]+(\.\.\.)?>)?$/);
    },
  );
});
