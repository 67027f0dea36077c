// The formats an analysis can be written in. Every one is a pure function of the analysis: the same analysis, the same text.
import type { Analysis } from '@sidemark/core/contract';
import { csvExport } from './csv-export.ts';
import { medperfExport } from './medperf-export.ts';
import { methodsParagraph } from '@sidemark/run-report/methods';
import { nvflareExport } from './nvflare-export.ts';

export const exportFormats = ['json', 'csv', 'medperf', 'nvflare', 'methods'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Ends with a line break. */
export function exportAnalysis(analysis: Analysis, format: ExportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(analysis, null, 2)}\n`;
    case 'csv':
      return csvExport(analysis);
    case 'medperf':
      return medperfExport(analysis);
    case 'nvflare':
      return nvflareExport(analysis);
    case 'methods':
      return `${methodsParagraph(analysis)}\n`;
  }
}
