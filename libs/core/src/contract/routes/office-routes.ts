// Routes of the trial office: for accounts of the role that each names, and for the administrator token.
import { Analysis } from '../results/analysis.ts';
import { RunBundle } from '../results/bundle.ts';
import { AuditList, AuditVerdict } from '../trust/audit.ts';
import { CarriedEnrolment, CarriedReceipt, CarriedReport, ExportedJob, ExportJob } from '../trust/carried.ts';
import { Envelope } from '../trust/envelope.ts';
import { DelegationChange, KeyDelegation, KeyList } from '../trust/keys.ts';
import { EnrolmentPending } from '../trust/link.ts';
import { ModelVersion, ModelVersionList, RegisterModel, UploadedBlob } from '../models/models.ts';
import { Protocol, ProtocolDraft, ProtocolList } from '../protocol.ts';
import { ReportBundle, ReportList } from '../results/reports.ts';
import { PackReference, RegisteredPack, RegisteredPackList } from '../qualification/pack.ts';
import { SiteQualificationList } from '../qualification/verdict.ts';
import { Job, Run, RunList, StartRun } from '../runs.ts';
import { ApproveSite, CreateStudy, InviteSite, Kit, Site, SiteList, Study, StudyList } from '../studies.ts';
import type { Route } from './route.ts';

const reader = { access: 'reader' } as const;
const coordinator = { access: 'coordinator' } as const;
const administrator = { access: 'administrator' } as const;

export const officeRoutes = {
  listKeys: {
    ...coordinator,
    method: 'GET',
    path: '/api/keys',
    summary: 'Every key with its role, validity and revocation',
    response: KeyList,
  },
  draftDelegation: {
    ...administrator,
    method: 'POST',
    path: '/api/keys/delegations/draft',
    summary: 'The next list of on-line keys, to be signed by the release key elsewhere',
    body: DelegationChange,
    response: KeyDelegation,
  },
  adoptDelegation: {
    ...administrator,
    method: 'POST',
    path: '/api/keys/delegations',
    summary: 'Take a signed list of on-line keys into use',
    body: Envelope,
    response: KeyList,
  },
  changeDelegation: {
    ...administrator,
    method: 'POST',
    path: '/api/keys/online',
    summary: 'Draft, sign and adopt in one step, where the release key is at hand',
    body: DelegationChange,
    response: KeyList,
  },
  revokeSiteKey: {
    ...coordinator,
    method: 'POST',
    path: '/api/site-keys/:id/revoke',
    summary: 'Revoke one key of a site',
    response: KeyList,
  },

  createStudy: {
    ...coordinator,
    method: 'POST',
    path: '/api/studies',
    summary: 'Create a study',
    body: CreateStudy,
    response: Study,
  },
  listStudies: {
    ...reader,
    method: 'GET',
    path: '/api/studies',
    summary: 'List studies',
    response: StudyList,
  },
  inviteSite: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/invitations',
    summary: 'Invite a site: gives its startup kit, once',
    body: InviteSite,
    response: Kit,
  },
  listSites: {
    ...reader,
    method: 'GET',
    path: '/api/sites',
    summary: 'List sites',
    response: SiteList,
  },
  approveSite: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/:id/approve',
    summary: 'Approve a site whose six words were compared',
    body: ApproveSite,
    response: Site,
  },
  suspendSite: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/:id/suspend',
    summary: 'Suspend a site',
    response: Site,
  },
  resumeSite: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/:id/resume',
    summary: 'Let a suspended site work again',
    response: Site,
  },
  revokeSite: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/:id/revoke',
    summary: 'Revoke a site and its key, for good',
    response: Site,
  },

  importEnrolment: {
    ...coordinator,
    method: 'POST',
    path: '/api/sites/enrolments',
    summary: 'Take in the enrolment of a site without a link, from the file it was carried in',
    body: CarriedEnrolment,
    response: EnrolmentPending,
  },

  uploadBlob: {
    ...coordinator,
    method: 'PUT',
    path: '/api/blobs/:sha256',
    summary: 'Upload ONNX bytes under their SHA-256',
    response: UploadedBlob,
  },
  registerModel: {
    ...coordinator,
    method: 'POST',
    path: '/api/models',
    summary: 'Register uploaded bytes as a model version',
    body: RegisterModel,
    response: ModelVersion,
  },
  listModels: {
    ...reader,
    method: 'GET',
    path: '/api/models',
    summary: 'List model versions',
    response: ModelVersionList,
  },
  releaseModel: {
    ...coordinator,
    method: 'POST',
    path: '/api/models/:sha256/release',
    summary: 'Release a model version under the release key',
    response: ModelVersion,
  },

  modelBytes: {
    ...coordinator,
    method: 'GET',
    path: '/api/models/:sha256/bytes',
    summary: 'ONNX bytes of a registered model; takes Range',
  },

  registerPack: {
    ...coordinator,
    method: 'POST',
    path: '/api/packs',
    summary: 'Register an uploaded qualification pack with its reference answers',
    body: PackReference,
    response: RegisteredPack,
  },
  packBytes: {
    ...coordinator,
    method: 'GET',
    path: '/api/packs/:sha256/bytes',
    summary: 'A registered qualification pack; takes Range',
  },
  listPacks: {
    ...reader,
    method: 'GET',
    path: '/api/packs',
    summary: 'List qualification packs',
    response: RegisteredPackList,
  },

  draftProtocol: {
    ...coordinator,
    method: 'POST',
    path: '/api/studies/:id/protocols',
    summary: 'Draft a protocol version',
    body: ProtocolDraft,
    response: Protocol,
  },
  listProtocols: {
    ...reader,
    method: 'GET',
    path: '/api/studies/:id/protocols',
    summary: 'List protocol versions',
    response: ProtocolList,
  },
  freezeProtocol: {
    ...coordinator,
    method: 'POST',
    path: '/api/protocols/:id/freeze',
    summary: 'Freeze and sign a protocol version',
    response: Protocol,
  },

  startRun: {
    ...coordinator,
    method: 'POST',
    path: '/api/runs',
    summary: 'Send a frozen protocol to the approved sites',
    body: StartRun,
    response: Run,
  },
  listRuns: { ...reader, method: 'GET', path: '/api/runs', summary: 'List runs', response: RunList },
  showRun: {
    ...reader,
    method: 'GET',
    path: '/api/runs/:id',
    summary: 'One run with its jobs',
    response: Run,
  },
  cancelRun: {
    ...coordinator,
    method: 'POST',
    path: '/api/runs/:id/cancel',
    summary: 'Cancel a run',
    response: Run,
  },
  closeRun: {
    ...coordinator,
    method: 'POST',
    path: '/api/runs/:id/close',
    summary: 'Close a run: no more reports',
    response: Run,
  },
  reopenJob: {
    ...coordinator,
    method: 'POST',
    path: '/api/jobs/:id/reopen',
    summary: 'Offer a finished job again',
    response: Job,
  },
  exportJob: {
    ...coordinator,
    method: 'POST',
    path: '/api/jobs/:id/export',
    summary: 'Offer a job in a file, for a site without a link',
    body: ExportJob,
    response: ExportedJob,
  },
  importReport: {
    ...coordinator,
    method: 'POST',
    path: '/api/reports/import',
    summary:
      'Submit a signed report from the file it was carried in; answers with its receipt, to be carried back',
    body: CarriedReport,
    response: CarriedReceipt,
  },
  listReports: {
    ...reader,
    method: 'GET',
    path: '/api/runs/:id/reports',
    summary: 'Reports of a run',
    response: ReportList,
  },
  showReport: {
    ...reader,
    method: 'GET',
    path: '/api/reports/:digest',
    summary: 'One report with everything to verify it',
    response: ReportBundle,
  },
  listQualifications: {
    ...reader,
    method: 'GET',
    path: '/api/runs/:id/qualifications',
    summary: 'What the sites of a run answered to its pack, judged',
    response: SiteQualificationList,
  },
  analyseRun: {
    ...reader,
    method: 'GET',
    path: '/api/runs/:id/analysis',
    summary: 'The pooled result of a run',
    response: Analysis,
  },
  exportBundle: {
    ...coordinator,
    method: 'GET',
    path: '/api/runs/:id/bundle',
    summary: 'The evidence of a run in one document, verifiable without the coordinator',
    response: RunBundle,
  },
  runReportPdf: {
    ...coordinator,
    method: 'GET',
    path: '/api/runs/:id/report.pdf',
    summary: 'The report of a run for the trial master file: one analysis, the same bytes',
  },
  runReportHtml: {
    ...coordinator,
    method: 'GET',
    path: '/api/runs/:id/report.html',
    summary: 'The report of a run as one HTML file that needs nothing else',
  },
  listAudit: {
    ...coordinator,
    method: 'GET',
    path: '/api/audit',
    summary: 'Audit entries after ?after=SEQUENCE',
    response: AuditList,
  },
  verifyAudit: {
    ...reader,
    method: 'GET',
    path: '/api/audit/verify',
    summary: 'Walk the hash chain of the audit log',
    response: AuditVerdict,
  },
} as const satisfies Record<string, Route>;
