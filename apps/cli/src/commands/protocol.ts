import type { Command } from 'commander';
import { table } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { findStudy } from '../input/lookup.ts';
import { readJson } from '../input/json-file.ts';
import { administratorVerb } from '../input/verb.ts';

export function registerProtocol(program: Command): void {
  const protocol = program.command('protocol').description('The frozen, signed evaluation recipe');
  administratorVerb<{ study: string }, [string]>(
    protocol,
    'draft <file>',
    'Draft a protocol version from a JSON file',
    'sidemark protocol draft protocol.json --study markers-2026',
    async ({ output, connection, options }, file) => {
      const study = await findStudy(connection, options.study);
      const draft = await call(connection, 'draftProtocol', {
        params: { id: study.id },
        body: await readJson(file),
      });
      output.result(
        draft,
        `protocol ${draft.name} v${draft.version} drafted: ${draft.id}\ndigest ${draft.digest}`,
      );
    },
  ).requiredOption('--study <study>', 'study name or id');
  administratorVerb<object, [string]>(
    protocol,
    'freeze <id>',
    'Freeze and sign a drafted version; it never changes again',
    'sidemark protocol freeze 2f0c4c1e-...',
    async ({ output, connection }, id) => {
      const frozen = await call(connection, 'freezeProtocol', { params: { id } });
      output.result(
        frozen,
        `protocol ${frozen.name} v${frozen.version} is frozen and signed\ndigest ${frozen.digest}`,
      );
    },
  );
  administratorVerb<{ study: string }>(
    protocol,
    'list',
    'List the protocol versions of a study',
    'sidemark protocol list --study markers-2026',
    async ({ output, connection, options }) => {
      const study = await findStudy(connection, options.study);
      const protocols = await call(connection, 'listProtocols', { params: { id: study.id } });
      const rows = protocols.map((p) => [p.name, `${p.version}`, p.state, p.digest.slice(0, 12), p.id]);
      output.result(protocols, table(['name', 'version', 'state', 'digest', 'id'], rows));
    },
  ).requiredOption('--study <study>', 'study name or id');
}
