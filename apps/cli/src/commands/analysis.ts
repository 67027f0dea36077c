import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { call } from '../coordinator.client.ts';
import { exportAnalysis, type ExportFormat, exportFormats } from '../exports/analysis-export.ts';
import { administratorVerb } from '../input/verb.ts';
import { analysisView } from '../views/analysis.view.ts';

export function registerAnalysis(program: Command): void {
  const analysis = program.command('analysis').description('The pooled result of a run');
  administratorVerb<object, [string]>(
    analysis,
    'show <run>',
    'Sites, AUCs, differences, their parts and what was left out, as tables',
    'sidemark analysis show RUN',
    async ({ output, connection }, id) => {
      const shown = await call(connection, 'analyseRun', { params: { id } });
      output.result(shown, analysisView(shown));
    },
  );
  administratorVerb<{ format: ExportFormat; out?: string }, [string]>(
    analysis,
    'export <run>',
    'Write it for another tool: JSON, CSV, MedPerf, NVFLARE, or a methods paragraph',
    'sidemark analysis export RUN --format methods',
    async ({ output, connection, options: { format, out } }, id) => {
      const text = exportAnalysis(await call(connection, 'analyseRun', { params: { id } }), format);
      if (out === undefined) {
        output.result({ format, text }, text.trimEnd());
        return;
      }
      await writeFile(out, text);
      output.result({ format, file: out }, `written to ${out}`);
    },
  )
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', 'file to write; otherwise it is printed');
}
