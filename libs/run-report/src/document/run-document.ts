// The report of a run, in the order of its pages. A pure function of the evidence: no clock, no chance, so the same analysis
// is the same document.
import type { RunBundle } from '@sidemark/core/contract';
import {
  type Block,
  heading,
  list,
  paragraph,
  type RunDocument,
  type Section,
  type TitlePage,
} from './block.ts';
import { readEvidence, type RunEvidence } from '../evidence/run-evidence.ts';
import { answersSection, claimOf, primaryOf } from '../sections/answers.ts';
import { checklistSection } from '../sections/checklist.ts';
import { deviationsSection } from '../sections/deviations.ts';
import { evidenceSection } from '../sections/evidence.ts';
import { flowSection } from '../sections/flow.ts';
import { participantsSection } from '../sections/participants.ts';
import { protocolSection } from '../sections/protocol.ts';
import { resultsSection } from '../sections/results.ts';
import { tablesSection } from '../sections/tables.ts';
import { instantText, shortDigest } from '../text/number.ts';
import { methodsParagraph } from '../text/methods-paragraph.ts';

/** @throws ZodError when the bundle is not one that a coordinator exported */
export function runDocument(bundle: RunBundle): RunDocument {
  const evidence = readEvidence(bundle);
  const { analysis, protocol } = evidence;
  return {
    name: `${protocol.name} v${protocol.version}: report of run ${evidence.run.slice(0, 8)}`,
    at: analysis.computedAt,
    titlePage: titlePageOf(evidence),
    sections: [
      answersSection(analysis),
      participantsSection(evidence),
      protocolSection(evidence),
      flowSection(evidence),
      resultsSection(analysis),
      methodsSection(evidence),
      tablesSection(analysis),
      deviationsSection(evidence),
      ...(['stard', 'claim'] as const).map(checklistSection),
      evidenceSection(evidence),
    ],
  };
}

function titlePageOf(evidence: RunEvidence): TitlePage {
  const { analysis, protocol, accepted } = evidence;
  return {
    kicker: 'Federated evaluation of classifiers on radiographs',
    title: `${protocol.name}, version ${protocol.version}`,
    subtitle: `Report of run ${evidence.run}`,
    claims: primaryOf(analysis).map((comparison) => claimOf(comparison, analysis.level)),
    facts: [
      ['Reports', `${accepted.length} of ${analysis.sites.length} sites`],
      ['Newest report received', instantText(analysis.computedAt)],
      ['Study', protocol.study],
      ['Protocol digest', evidence.protocolDigest],
      ['Analysis digest', evidence.analysisDigest],
      ['Protocol signed by key', evidence.protocolSigner],
      ['Release key fingerprint', evidence.releaseFingerprint],
      ...signedReports(evidence),
    ],
    signatures: ['Principal investigator', 'Statistician', 'Trial coordinator'],
    note: 'Digests are SHA-256. This document holds no image, no identifier and no value of a single patient.',
  };
}

/** Digest of each report and the key that signed it; of many sites they are in the chapter on evidence. */
function signedReports({ accepted }: RunEvidence): [string, string][] {
  if (accepted.length > 8) return [['Signed reports', 'see Evidence']];
  return accepted.map(({ siteName, payloadDigest, signers }) => [
    `Report of ${siteName}`,
    `${payloadDigest}\nsigned by key ${shortDigest(signers[0])}`,
  ]);
}

/** The paragraph is written for a paper: sentences, an empty line, numbered references. */
function methodsSection({ analysis }: RunEvidence): Section {
  const [sentences = '', references = ''] = methodsParagraph(analysis).split('\n\n');
  const cited = references.split('\n').map((line) => line.replace(/^\d+\. /, ''));
  const blocks: Block[] = [paragraph(sentences), heading('References'), list(cited, true)];
  return { id: 'methods', title: 'Statistical methods', blocks };
}
