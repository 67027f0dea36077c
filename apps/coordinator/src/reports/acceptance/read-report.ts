// From verified bytes to a report that says what its protocol asks, and nothing that contradicts itself.
import {
  type Arm,
  type BinaryResult,
  type MulticlassResult,
  type ProtocolDocument,
  Report,
  type ReportResult,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { readCanonical } from './read-canonical.ts';

/**
 * @throws DomainError `report-invalid` with `issues`: not JSON, not the report schema, or not its canonical JSON: a
 *   text with a key twice says one thing to one reader and another to the next.
 */
export function readReport(payload: Uint8Array): Report {
  return readCanonical(payload, Report);
}

/** @throws DomainError `report-invalid` with `issues`: tables of the wrong shape, or not the cells of the protocol. */
export function requireCoherent(result: ReportResult, document: ProtocolDocument): void {
  const issues = [
    ...result.classifiers.flatMap((entry) => shapeIssues(entry, document.arms)),
    ...classifierIssues(result, document),
    ...comparisonIssues(result, document),
    ...jointIssues(result, document),
  ];
  if (issues.length > 0) throw new DomainError('report-invalid', { issues: issues.slice(0, 20) });
}

function classifierIssues({ classifiers }: ReportResult, document: ProtocolDocument): string[] {
  const expected = document.classifiers.map(({ model }) => model.sha256);
  const same = expected.join() === classifiers.map(({ classifier }) => classifier).join();
  return same ? [] : ['result.classifiers: not the classifiers of the protocol, in its order'];
}

function comparisonIssues({ comparisons }: ReportResult, document: ProtocolDocument): string[] {
  const sha256Of = new Map(document.classifiers.map(({ id, model }) => [id, model.sha256]));
  const wanted = document.comparisons.map(({ a, b }) =>
    [sha256Of.get(a.classifier), a.arm, sha256Of.get(b.classifier), b.arm].join(),
  );
  const found = comparisons.map(({ a, b }) => [a.classifier, a.arm, b.classifier, b.arm].join());
  if (wanted.join(';') === found.join(';')) return [];
  return ['result.comparisons: not the comparisons of the protocol, in its order'];
}

/** Lower triangles over cells that the report has. */
function jointIssues({ joint = [], classifiers }: ReportResult, { arms }: ProtocolDocument): string[] {
  const right = joint.every(
    ({ cells, covariance }) =>
      cells.length === covariance.length &&
      covariance.every((line, at) => line.length === at + 1) &&
      cells.every(({ classifier, arm }) => classifiers[classifier]?.kind === 'binary' && arms.includes(arm)),
  );
  return right ? [] : ['result.joint: not a lower triangle over binary cells of the protocol'];
}

function shapeIssues(entry: ReportResult['classifiers'][number], arms: readonly Arm[]): string[] {
  const where = `result.classifiers.${entry.classifier}`;
  if (entry.arms.join() !== arms.join()) return [`${where}.arms: not the arms of the protocol, in its order`];
  return issuesOf(entry).map((issue) => `${where}.${issue}`);
}

function issuesOf(entry: ReportResult['classifiers'][number]): string[] {
  switch (entry.kind) {
    case 'binary':
      return [...binaryIssues(entry), ...drawnIssues(entry)];
    case 'multiclass':
      return [...multiclassIssues(entry), ...drawnIssues(entry)];
    case 'withheld':
      return [];
  }
}

/** Figures of what a classifier drew come one per arm. */
function drawnIssues(entry: BinaryResult | MulticlassResult): string[] {
  const segmentation = entry.kind === 'binary' ? entry.segmentation : undefined;
  const { cam } = entry;
  const lists = {
    ...(segmentation && {
      'segmentation.dice': segmentation.dice,
      'segmentation.pixels': segmentation.pixels,
      'segmentation.empty': segmentation.empty,
    }),
    ...(cam && {
      'cam.marker': cam.marker,
      'cam.lesion': cam.lesion,
      'cam.elsewhere': cam.elsewhere,
      'cam.zeroMaps': cam.zeroMaps,
      ...(cam.withoutMap && { 'cam.withoutMap': cam.withoutMap }),
    }),
  };
  return Object.entries(lists)
    .filter(([, { length }]) => length !== entry.arms.length)
    .map(([name]) => `${name}: not one per arm`);
}

function binaryIssues({
  arms,
  auc,
  covariance,
  decisions,
  grid,
  calibration,
  strata,
}: BinaryResult): string[] {
  const issues: string[] = [];
  if (grid && grid.length !== arms.length) issues.push('grid: not one per arm');
  if (calibration && calibration.length !== arms.length) issues.push('calibration: not one per arm');
  if (strata?.some((one) => one.auc.length !== arms.length || one.variance.length !== arms.length))
    issues.push('strata: not one per arm');
  if (auc.length !== arms.length) issues.push('auc: not one per arm');
  if (decisions.length !== arms.length) issues.push('decisions: not one per arm');
  if (!isSquare(covariance, arms.length)) issues.push('covariance: not arms x arms');
  const negative = covariance.some((row, i) => row[i]?.kind === 'estimate' && row[i].value < 0);
  if (negative) issues.push('covariance: a variance is below 0');
  return issues;
}

function multiclassIssues({ arms, classes, confusion, right, paired }: MulticlassResult): string[] {
  const issues: string[] = [];
  if (confusion.length !== arms.length) issues.push('confusion: not one per arm');
  const tables = [...confusion, ...paired.map(({ table }) => table)];
  if (!tables.every((table) => isSquare(table, classes.length)))
    issues.push('confusion: not classes x classes');
  if (right.length !== arms.length) issues.push('right: not one per arm');
  else if (confusion.some((table, arm) => !fitsDiagonal(table, right[arm]!)))
    issues.push('right: not what the diagonal of the class table adds up to');
  return issues;
}

/** What is shown of the diagonal is no more than what is told of all of it, and the same where nothing of it is hidden. */
function fitsDiagonal(table: readonly (readonly (number | null)[])[], right: number | null): boolean {
  const diagonal = table.map((row, at) => row[at] ?? null);
  const shown = diagonal.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return right === null || (diagonal.includes(null) ? shown <= right : shown === right);
}

function isSquare(table: readonly (readonly unknown[])[], side: number): boolean {
  return table.length === side && table.every((row) => row.length === side);
}
