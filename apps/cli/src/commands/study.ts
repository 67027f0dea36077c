import type { Command } from 'commander';
import { table } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { administratorVerb } from '../input/verb.ts';

export function registerStudy(program: Command): void {
  const study = program.command('study').description('Trials: their protocols, sites and runs');
  administratorVerb<{ title: string }, [string]>(
    study,
    'create <name>',
    'Create a study',
    'sidemark study create markers-2026 --title "Side markers, 2026"',
    async ({ output, connection, options }, name) => {
      const made = await call(connection, 'createStudy', { body: { name, title: options.title ?? name } });
      output.result(made, `study ${made.name} created: ${made.id}`);
    },
  ).option('--title <title>', 'name shown to people');
  administratorVerb(study, 'list', 'List studies', 'sidemark study list', async ({ output, connection }) => {
    const studies = await call(connection, 'listStudies');
    output.result(
      studies,
      table(
        ['name', 'title', 'state', 'id'],
        studies.map((s) => [s.name, s.title, s.state, s.id]),
      ),
    );
  });
}
