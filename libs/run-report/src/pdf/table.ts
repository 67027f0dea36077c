// A table over as many pages as it takes: rows stay whole, and each page repeats the heads.
import type { TableBlock } from '../document/block.ts';
import { ink } from '../drawing/drawing.ts';
import { artifact, columnWidth, pageEnd, type Pdf, requireRoom, sheet, type Struct } from './page.ts';

const [size, padX, padY] = [8, 5, 3.2];

/** an option that the types of the package do not know */
const columnHead: object = { scope: 'Column' };

interface Laid {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export function drawTable(doc: Pdf, parent: Struct, { caption, columns, rows }: TableBlock): void {
  const laid = layOut(columns);
  const heads = columns.map(({ head }) => head);
  const headHeight = heightOf(doc, heads, laid, 'bold');
  const first = rows[0] ? heightOf(doc, rows[0], laid, 'regular') : 0;
  requireRoom(doc, 20 + headHeight + first);
  const table = doc.struct('Table');
  parent.add(table);
  table.add(
    doc.struct('Caption', {}, () => {
      doc
        .font('bold')
        .fontSize(9.5)
        .fillColor(ink.text)
        .text(caption, sheet.left, doc.y, { width: columnWidth });
      doc.y += 2;
    }),
  );
  drawRow(doc, table, { cells: heads, laid, height: headHeight, isHead: true });
  for (const cells of rows) {
    const height = heightOf(doc, cells, laid, 'regular');
    if (doc.y + height > pageEnd) repeatHead(doc, heads, laid, headHeight);
    drawRow(doc, table, { cells, laid, height, isHead: false });
  }
  table.end();
  doc.x = sheet.left;
  doc.y += 14;
}

function layOut(columns: TableBlock['columns']): Laid[] {
  const total = columns.reduce((all, { width }) => all + width, 0);
  let x: number = sheet.left;
  return columns.map(({ width, align = 'left' }) => {
    const own = { x, width: (width / total) * columnWidth, align };
    x += own.width;
    return own;
  });
}

interface Row {
  readonly cells: readonly string[];
  readonly laid: readonly Laid[];
  readonly height: number;
  readonly isHead: boolean;
}

function drawRow(doc: Pdf, table: Struct, { cells, laid, height, isHead }: Row): void {
  const y = doc.y;
  const tr = doc.struct('TR');
  table.add(tr);
  cells.forEach((cell, i) => {
    const draw = (): void => drawCell(doc, cell, laid[i]!, y, isHead);
    tr.add(isHead ? doc.struct('TH', columnHead, draw) : doc.struct('TD', {}, draw));
  });
  tr.end();
  underline(doc, y + height, isHead);
}

function repeatHead(doc: Pdf, heads: readonly string[], laid: readonly Laid[], height: number): void {
  doc.addPage();
  const y = doc.y;
  artifact(doc, () => heads.forEach((head, i) => drawCell(doc, head, laid[i]!, y, true)));
  underline(doc, y + height, true);
}

function underline(doc: Pdf, y: number, isHead: boolean): void {
  artifact(doc, () => {
    doc.lineWidth(isHead ? 0.9 : 0.4).strokeColor(isHead ? ink.text : ink.rule);
    doc
      .moveTo(sheet.left, y)
      .lineTo(sheet.width - sheet.right, y)
      .stroke();
  });
  doc.y = y;
}

/** Digests have no place to break: they break anywhere. */
const breakable = (cell: string): string =>
  cell.replace(/[0-9a-f]{33,}/g, (digest) => digest.replace(/.{32}(?=.)/g, '$&\n'));

const optionsOf = ({ width, align }: Laid) => ({
  width: width - (align === 'right' ? 3 : 1) * padX,
  align,
  lineGap: 0.4,
});

function drawCell(doc: Pdf, cell: string, laid: Laid, y: number, isHead: boolean): void {
  doc
    .font(isHead ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(ink.text);
  doc.text(breakable(cell), laid.x, y + padY, optionsOf(laid));
}

function heightOf(
  doc: Pdf,
  cells: readonly string[],
  laid: readonly Laid[],
  face: 'regular' | 'bold',
): number {
  doc.font(face).fontSize(size);
  const heights = cells.map((cell, i) => doc.heightOfString(breakable(cell) || ' ', optionsOf(laid[i]!)));
  return Math.max(...heights) + 2 * padY;
}
