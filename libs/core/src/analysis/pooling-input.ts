// What an analysis is computed from.
import type { ProtocolDocument, ReportResult, SiteSummary } from '../contract/index.ts';

/** An accepted report of the run; a superseded one never gets here. */
export interface SiteReport {
  readonly site: string;
  readonly siteName: string;
  readonly payloadDigest: string;
  readonly result: ReportResult;
}

/** What the plan must know of a classifier's manifest. */
export interface ClassifierFacts {
  readonly sha256: string;
  readonly kind: 'binary' | 'multiclass';
  readonly trainedArm: string | null;
  readonly labels: readonly string[];
}

export type PackVerdict = 'qualified' | 'not-qualified';

export interface PoolingInput {
  readonly run: string;
  readonly protocolDigest: string;
  readonly document: ProtocolDocument;
  /** by the classifier's id in the protocol */
  readonly classifiers: ReadonlyMap<string, ClassifierFacts>;
  /** every site with a job in the run */
  readonly sites: readonly Pick<SiteSummary, 'site' | 'siteName' | 'role'>[];
  readonly reports: readonly SiteReport[];
  /** by site, the latest verdict on its answers to the pack; of no weight where the protocol has none */
  readonly verdicts?: ReadonlyMap<string, PackVerdict>;
  readonly computedAt: string;
}
