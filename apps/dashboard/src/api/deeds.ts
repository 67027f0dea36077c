// What the dashboard has the coordinator do. Paths are held against the contract's table when this is compiled.
import type {
  Account,
  AccountLink,
  AccountRole,
  ChangePassword,
  CreateStudy,
  FirstAccount,
  InviteAccount,
  InviteSite,
  Job,
  Kit,
  ModelVersion,
  Protocol,
  ProtocolDraft,
  RedeemLink,
  routes,
  Run,
  SessionView,
  SignIn,
  Site,
  Study,
} from '@sidemark/core/contract';
import type { z } from 'zod';

type Routes = typeof routes;
interface Deed<Body, Answer> {
  readonly body: Body;
  readonly answer: Answer;
}

export interface Deeds {
  readonly signIn: Deed<SignIn, SessionView>;
  readonly createFirstAccount: Deed<FirstAccount, SessionView>;
  readonly redeemLink: Deed<RedeemLink, SessionView>;
  readonly signOut: Deed<null, SessionView>;
  readonly changePassword: Deed<ChangePassword, SessionView>;
  readonly inviteAccount: Deed<InviteAccount, AccountLink>;
  readonly resetAccount: Deed<null, AccountLink>;
  readonly changeAccountRole: Deed<{ readonly role: AccountRole }, Account>;
  readonly disableAccount: Deed<null, Account>;
  readonly enableAccount: Deed<null, Account>;
  readonly createStudy: Deed<z.input<typeof CreateStudy>, Study>;
  readonly inviteSite: Deed<z.input<typeof InviteSite>, Kit>;
  readonly approveSite: Deed<{ readonly words: readonly string[] }, Site>;
  readonly suspendSite: Deed<null, Site>;
  readonly resumeSite: Deed<null, Site>;
  readonly revokeSite: Deed<null, Site>;
  readonly registerModel: Deed<{ readonly manifest: unknown }, ModelVersion>;
  readonly releaseModel: Deed<null, ModelVersion>;
  readonly draftProtocol: Deed<z.input<typeof ProtocolDraft>, Protocol>;
  readonly freezeProtocol: Deed<null, Protocol>;
  readonly startRun: Deed<{ readonly protocol: string }, Run>;
  readonly cancelRun: Deed<null, Run>;
  readonly closeRun: Deed<null, Run>;
  readonly reopenJob: Deed<null, Job>;
}

export const deedPaths = {
  signIn: '/api/session',
  createFirstAccount: '/api/accounts/first',
  redeemLink: '/api/accounts/redeem',
  signOut: '/api/session/end',
  changePassword: '/api/session/password',
  inviteAccount: '/api/accounts',
  resetAccount: '/api/accounts/:id/reset',
  changeAccountRole: '/api/accounts/:id/role',
  disableAccount: '/api/accounts/:id/disable',
  enableAccount: '/api/accounts/:id/enable',
  createStudy: '/api/studies',
  inviteSite: '/api/sites/invitations',
  approveSite: '/api/sites/:id/approve',
  suspendSite: '/api/sites/:id/suspend',
  resumeSite: '/api/sites/:id/resume',
  revokeSite: '/api/sites/:id/revoke',
  registerModel: '/api/models',
  releaseModel: '/api/models/:sha256/release',
  draftProtocol: '/api/studies/:id/protocols',
  freezeProtocol: '/api/protocols/:id/freeze',
  startRun: '/api/runs',
  cancelRun: '/api/runs/:id/cancel',
  closeRun: '/api/runs/:id/close',
  reopenJob: '/api/jobs/:id/reopen',
} as const satisfies { [Name in keyof Deeds]: Routes[Name]['path'] };
