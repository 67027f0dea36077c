import type { Command } from 'commander';
import { table } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { administratorVerb } from '../input/verb.ts';

export function registerStudy(program: Command): void {
  const study = program.command('study').description('Trials: their protocols, sites and runs');
  administratorVerb<{ title: string; hideSites?: boolean }, [string]>(
    study,
    'create <name>',
    'Create a study',
    'sidemark study create markers-2026 --title "Side markers, 2026"',
    async ({ output, connection, options }, name) => {
      const siteNames = options.hideSites ? 'hidden' : 'shown';
      const body = { name, title: options.title ?? name, siteNames };
      const made = await call(connection, 'createStudy', { body });
      output.result(made, `study ${made.name} created: ${made.id}`);
    },
  )
    .option('--title <title>', 'name shown to people')
    .option('--hide-sites', 'readers are told neutral labels in place of the names of sites');
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
