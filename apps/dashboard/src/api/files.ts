// Files that the coordinator makes: plain links, since the browser sends its cookie along. Paths are held against the
// contract's table when this is compiled.
import type { routes } from '@sidemark/core/contract';
import { filled } from './paths.ts';

const files = {
  runReportPdf: '/api/runs/:id/report.pdf',
  runReportHtml: '/api/runs/:id/report.html',
} as const satisfies Partial<{ [Name in keyof typeof routes]: (typeof routes)[Name]['path'] }>;

/** Address of a file of a run. */
export const fileAddress = (name: keyof typeof files, run: string): string =>
  filled(files[name], { id: run });
