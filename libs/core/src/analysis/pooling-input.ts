// What an analysis is computed from.
import type {
  ProtocolDocument,
  RefusalCode,
  ReportResult,
  SiteHistory,
  SiteSummary,
} from '../contract/index.ts';

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
  /** names of the sites whose data trained it; absent or empty: not said */
  readonly trainedOnSites?: readonly string[];
}

export type PackVerdict = 'qualified' | 'not-qualified';

export interface PoolingInput {
  readonly run: string;
  readonly protocolDigest: string;
  readonly document: ProtocolDocument;
  /** by the classifier's id in the protocol */
  readonly classifiers: ReadonlyMap<string, ClassifierFacts>;
  /** every site with a job in the run */
  readonly sites: readonly (Pick<SiteSummary, 'site' | 'siteName' | 'role'> & {
    /** why its job ended without a report */
    readonly refusal?: RefusalCode | undefined;
  })[];
  readonly reports: readonly SiteReport[];
  /** by site, the latest verdict on its answers to the pack; of no weight where the protocol has none */
  readonly verdicts?: ReadonlyMap<string, PackVerdict>;
  /** every report of the run, superseded ones too; absent: the reports that count, each as if it were the first */
  readonly history?: readonly SiteHistory[];
  /** receipt of the newest report, so that the same reports give the same bytes */
  readonly computedAt: string;
}
