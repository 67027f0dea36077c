// The sections of the robustness page in the order they are read, and why one may be missing.
import { AnswerSection } from './answer/answer-section.tsx';
import { GroupsSection } from './answer/groups-section.tsx';
import { LeaveOneOutSection } from './answer/leave-one-out-section.tsx';
import { ReportsSection } from './evidence/reports-section.tsx';
import { AgreementSection, agreementsOf, multiclassOf } from './model/agreement-section.tsx';
import { CalibrationSection } from './scores/calibration-section.tsx';
import { CamSection, camOf } from './films/cam-section.tsx';
import { segmentationOf } from './films/segmentation-model.ts';
import { SegmentationSection } from './films/segmentation-section.tsx';
import { DecompositionSection, decompositionOf } from './model/decomposition-section.tsx';
import { RankingSection, rankingOf } from './model/ranking-section.tsx';
import { RelianceSection, relianceOf } from './model/reliance-section.tsx';
import { gridsOf } from './scores/roc-model.ts';
import { RocSection } from './scores/roc-section.tsx';
import { SwapSection, swapOf } from './model/swap-section.tsx';
import { strataOf } from './scores/strata-model.ts';
import { StrataSection } from './scores/strata-section.tsx';
import { ThresholdsSection, thresholdsOf } from './scores/thresholds-section.tsx';
import { ComparisonsSection } from './models/comparisons-section.tsx';
import { MatrixSection } from './models/matrix-section.tsx';
import { OrderSection } from './models/order-section.tsx';
import { askedFigure } from './pooled.ts';
import type { Group, SectionEntry } from './section.tsx';
import { CensusSection } from './sites/census-section.tsx';
import { FoldsSection } from './sites/folds-section.tsx';
import { LabelSection } from './sites/label-section.tsx';
import { ExcludedSection, SitesSection } from './sites/sites-section.tsx';

export const groupNames: Readonly<Record<Group, string>> = {
  answer: 'The answer',
  models: 'All models',
  model: 'One model in depth',
  sites: 'The sites',
  evidence: 'Evidence',
};

const there = (): null => null;
const unless = (is: boolean, why: string): string | null => (is ? null : why);

export const sections: readonly SectionEntry[] = [
  { id: 'answer', title: 'Site by site, and pooled', group: 'answer', absent: there, Body: AnswerSection },
  {
    ...{ id: 'leave-one-out', title: 'Without one site', group: 'answer', Body: LeaveOneOutSection },
    absent: ({ figure }) =>
      unless(
        figure !== undefined && (askedFigure(figure)?.leaveOneOut.length ?? 0) > 0,
        'fewer than three sites are pooled, or more than 50',
      ),
  },
  {
    ...{ id: 'groups', title: 'Internal against external', group: 'answer', Body: GroupsSection },
    absent: ({ figure }) =>
      unless(
        Boolean(figure?.of.groups?.internal ?? figure?.of.groups?.external),
        'no site that is pooled is known as internal or external',
      ),
  },
  {
    ...{ id: 'matrix', title: 'Models and arms', group: 'models', Body: MatrixSection },
    absent: ({ analysis }) => unless(analysis.cells.length > 0, 'no binary model is in the protocol'),
  },
  {
    ...{ id: 'order', title: 'Which model is robust', group: 'models', Body: OrderSection },
    absent: ({ analysis }) =>
      unless(
        analysis.cells.some(({ diagonal }) => diagonal),
        'no model says on which of the arms it was trained',
      ),
  },
  {
    ...{ id: 'comparisons', title: 'All comparisons', group: 'models', Body: ComparisonsSection },
    absent: ({ analysis }) => unless(analysis.comparisons.length > 0, 'the protocol compares nothing'),
  },
  {
    ...{ id: 'decomposition', title: 'Range and shape', group: 'model', Body: DecompositionSection },
    absent: ({ analysis, model }) =>
      unless(
        decompositionOf(analysis, model) !== undefined,
        'it needs a binary model on the arms original, clipped and inpainted',
      ),
  },
  {
    ...{ id: 'ranking', title: 'Which arm is best', group: 'model', Body: RankingSection },
    absent: ({ analysis, model }) =>
      unless(rankingOf(analysis, model) !== undefined, 'no site gives all arms of this model'),
  },
  {
    ...{ id: 'roc', title: 'ROC curves', group: 'model', Body: RocSection },
    absent: ({ analysis, model }) =>
      unless(gridsOf(analysis, model).length > 0, 'no site gives a grid of scores'),
  },
  {
    ...{ id: 'calibration', title: 'Calibration', group: 'model', Body: CalibrationSection },
    absent: ({ analysis, model }) =>
      unless(gridsOf(analysis, model).length > 0, 'no site gives a grid of scores'),
  },
  {
    ...{ id: 'thresholds', title: 'Threshold transfer', group: 'model', Body: ThresholdsSection },
    absent: ({ analysis, model }) =>
      unless(
        thresholdsOf(analysis, model).length > 0,
        'no site gives decisions at the threshold of this model',
      ),
  },
  {
    ...{ id: 'strata', title: 'Parts of the patients', group: 'model', Body: StrataSection },
    absent: ({ analysis, model }) =>
      unless(strataOf(analysis, model).length > 0, 'no site shows parts of its patients for this model'),
  },
  {
    ...{ id: 'reliance', title: 'Reliance on the marker', group: 'model', Body: RelianceSection },
    absent: ({ analysis, model }) =>
      unless(
        relianceOf(analysis, model) !== undefined,
        'it needs a binary model on the arms original and inpainted',
      ),
  },
  {
    ...{ id: 'swap', title: 'A marker drawn in', group: 'model', Body: SwapSection },
    absent: ({ analysis, model }) =>
      unless(swapOf(analysis, model) !== undefined, 'the protocol asks for no glyphs, or not of this model'),
  },
  {
    ...{ id: 'cam', title: 'Where the model looks', group: 'model', Body: CamSection },
    absent: ({ analysis, model }) =>
      unless(camOf(analysis, model).length > 0, 'the model gives no activation maps'),
  },
  {
    ...{ id: 'segmentation', title: 'The lesion drawn', group: 'model', Body: SegmentationSection },
    absent: ({ analysis, model }) =>
      unless(
        segmentationOf(analysis, model) !== undefined,
        'the model draws no lesion, or no site has ground truth',
      ),
  },
  {
    ...{ id: 'agreement', title: 'Confusion and paired tables', group: 'model', Body: AgreementSection },
    absent: ({ analysis, model }) =>
      unless(
        multiclassOf(analysis, model).length + agreementsOf(analysis, model).length > 0,
        'they are of multi-class models; choose one above',
      ),
  },
  {
    ...{ id: 'census', title: 'Marker census', group: 'sites', Body: CensusSection },
    absent: ({ analysis }) => unless((analysis.history?.length ?? 0) > 0, 'no site has reported'),
  },
  {
    ...{ id: 'label', title: 'What the markers give away', group: 'sites', Body: LabelSection },
    absent: ({ analysis }) => unless((analysis.labelFromMarker?.length ?? 0) > 0, 'no site reports it'),
  },
  {
    ...{ id: 'folds', title: 'Folds of the cross-validation', group: 'sites', Body: FoldsSection },
    absent: ({ analysis }) => unless(analysis.folds.length > 0, 'no models of the protocol are folds'),
  },
  { id: 'sites', title: 'What each site brought', group: 'sites', absent: there, Body: SitesSection },
  {
    ...{ id: 'excluded', title: 'Left out, and why', group: 'sites', Body: ExcludedSection },
    absent: ({ analysis }) => unless(analysis.exclusions.length > 0, 'nothing was left out'),
  },
  { id: 'reports', title: 'Signed reports', group: 'evidence', absent: there, Body: ReportsSection },
];
