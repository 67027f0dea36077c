// The routes that the dashboard reads. Paths are held against the contract's table when this is compiled.
import type {
  AccountList,
  Analysis,
  AuditList,
  AuditVerdict,
  ModelVersionList,
  routes,
  ProtocolList,
  RegisteredPackList,
  ReportBundle,
  ReportList,
  Run,
  RunBundle,
  RunList,
  SessionView,
  SiteList,
  SiteQualificationList,
  StudyList,
} from '@sidemark/core/contract';
import type { z } from 'zod';

type Routes = typeof routes;

export interface Answers {
  readonly showSession: SessionView;
  readonly listAccounts: z.infer<typeof AccountList>;
  readonly listModels: z.infer<typeof ModelVersionList>;
  readonly listPacks: z.infer<typeof RegisteredPackList>;
  readonly listStudies: z.infer<typeof StudyList>;
  readonly listSites: z.infer<typeof SiteList>;
  readonly listProtocols: z.infer<typeof ProtocolList>;
  readonly listRuns: z.infer<typeof RunList>;
  readonly showRun: Run;
  readonly listReports: z.infer<typeof ReportList>;
  readonly listQualifications: z.infer<typeof SiteQualificationList>;
  readonly analyseRun: Analysis;
  readonly showReport: ReportBundle;
  readonly exportBundle: RunBundle;
  readonly listAudit: z.infer<typeof AuditList>;
  readonly verifyAudit: z.infer<typeof AuditVerdict>;
}

export const paths = {
  showSession: '/api/session',
  listAccounts: '/api/accounts',
  listModels: '/api/models',
  listPacks: '/api/packs',
  listStudies: '/api/studies',
  listSites: '/api/sites',
  listProtocols: '/api/studies/:id/protocols',
  listRuns: '/api/runs',
  showRun: '/api/runs/:id',
  listReports: '/api/runs/:id/reports',
  listQualifications: '/api/runs/:id/qualifications',
  analyseRun: '/api/runs/:id/analysis',
  showReport: '/api/reports/:digest',
  exportBundle: '/api/runs/:id/bundle',
  listAudit: '/api/audit',
  verifyAudit: '/api/audit/verify',
} as const satisfies { [Name in keyof Answers]: Routes[Name]['path'] };

/**
 * @param params of the path; those that it does not name are asked after its `?`
 * @returns the address relative to the page, so that a proxy may serve both below a path of its own
 */
export function filled(path: string, params: Readonly<Record<string, string>>): string {
  const rest = new URLSearchParams(Object.entries(params).filter(([key]) => !path.includes(`:${key}`)));
  const own = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  return `.${own}${rest.size === 0 ? '' : `?${rest.toString()}`}`;
}
