// The blocks of a section on pages, each with its tag in the structure of the document.
import type { Block } from '../document/block.ts';
import { ink } from '../drawing/drawing.ts';
import { drawMarks } from './draw.ts';
import { artifact, columnWidth, pageEnd, type Pdf, requireRoom, sheet, type Struct } from './page.ts';
import { drawTable } from './table.ts';

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** @param next the block after it: a heading stays with it */
export function drawBlock(doc: Pdf, parent: Struct, block: Block, next?: Block): void {
  switch (block.kind) {
    case 'heading':
      return drawHeading(doc, parent, block, next);
    case 'paragraph':
      return drawText(doc, parent, block.text, { size: 10, fill: ink.text, after: 9 });
    case 'note':
      return drawText(doc, parent, block.text, { size: 8.5, fill: ink.muted, after: 12 });
    case 'claim':
      return drawClaim(doc, parent, block);
    case 'list':
      return drawList(doc, parent, block);
    case 'facts':
      return drawFacts(doc, parent, block.facts);
    case 'table':
      return drawTable(doc, parent, block);
    case 'figure':
      return drawFigure(doc, parent, block);
  }
}

function drawHeading(doc: Pdf, parent: Struct, { text }: Of<'heading'>, next: Block | undefined): void {
  requireRoom(doc, 30 + (next?.kind === 'figure' ? placed(next).height : 60));
  doc.y += 4;
  parent.add(
    doc.struct('H2', {}, () => {
      doc
        .font('bold')
        .fontSize(12.5)
        .fillColor(ink.text)
        .text(text, sheet.left, doc.y, { width: columnWidth });
    }),
  );
  doc.y += 5;
}

interface Looks {
  readonly size: number;
  readonly fill: string;
  readonly after: number;
}

function drawText(doc: Pdf, parent: Struct, text: string, { size, fill, after }: Looks): void {
  requireRoom(doc, 3 * size);
  parent.add(
    doc.struct('P', {}, () => {
      doc
        .font('regular')
        .fontSize(size)
        .fillColor(fill)
        .text(text, sheet.left, doc.y, { width: columnWidth, lineGap: 1.6 });
    }),
  );
  doc.y += after;
}

/** A box with a bar at its left. */
export function drawClaim(
  doc: Pdf,
  parent: Struct,
  { text, detail }: Pick<Of<'claim'>, 'text' | 'detail'>,
): void {
  const options = { width: columnWidth - 30, lineGap: 1.4 };
  const textHeight = doc.font('bold').fontSize(11.5).heightOfString(text, options);
  const detailHeight = detail === '' ? 0 : doc.font('regular').fontSize(9).heightOfString(detail, options);
  const height = textHeight + detailHeight + 20;
  requireRoom(doc, height);
  const y = doc.y;
  artifact(doc, () => {
    doc.rect(sheet.left, y, columnWidth, height).fill(ink.accentPale);
    doc.rect(sheet.left, y, 3.5, height).fill(ink.accent);
  });
  parent.add(
    doc.struct('P', {}, () => {
      doc
        .font('bold')
        .fontSize(11.5)
        .fillColor(ink.text)
        .text(text, sheet.left + 16, y + 8, options);
      if (detail === '') return;
      doc
        .font('regular')
        .fontSize(9)
        .fillColor(ink.muted)
        .text(detail, sheet.left + 16, y + 11 + textHeight, options);
    }),
  );
  doc.x = sheet.left;
  doc.y = y + height + 10;
}

function drawList(doc: Pdf, parent: Struct, { items, ordered }: Of<'list'>): void {
  const options = { width: columnWidth - 18, lineGap: 1.3 };
  const l = doc.struct('L');
  parent.add(l);
  items.forEach((said, i) => {
    const height = doc.font('regular').fontSize(9.5).heightOfString(said, options);
    requireRoom(doc, Math.min(height, pageEnd - sheet.top));
    const li = doc.struct('LI');
    l.add(li);
    const y = doc.y;
    li.add(
      doc.struct('Lbl', {}, () =>
        doc.fillColor(ink.muted).text(ordered ? `${i + 1}.` : '\u2022', sheet.left, y, { lineBreak: false }),
      ),
    );
    li.add(doc.struct('LBody', {}, () => doc.fillColor(ink.text).text(said, sheet.left + 18, y, options)));
    li.end();
    doc.y += 3;
  });
  l.end();
  doc.x = sheet.left;
  doc.y += 8;
}

export function drawFacts(doc: Pdf, parent: Struct, facts: Of<'facts'>['facts']): void {
  const termWidth = 138;
  const options = { width: columnWidth - termWidth - 8, lineGap: 1 };
  const l = doc.struct('L');
  parent.add(l);
  for (const [term, value] of facts) {
    const height = doc.font('regular').fontSize(9.5).heightOfString(value, options);
    requireRoom(doc, height);
    const y = doc.y;
    const li = doc.struct('LI');
    l.add(li);
    li.add(
      doc.struct('Lbl', {}, () => doc.fillColor(ink.muted).text(term, sheet.left, y, { width: termWidth })),
    );
    li.add(
      doc.struct('LBody', {}, () =>
        doc.fillColor(ink.text).text(value, sheet.left + termWidth + 8, y, options),
      ),
    );
    li.end();
    doc.y = Math.max(doc.y, y + height) + 3.5;
  }
  l.end();
  doc.x = sheet.left;
  doc.y += 9;
}

/** As wide as the column; a drawing higher than a page, with a heading over it, is drawn smaller. */
function placed({ drawing }: Of<'figure'>): { scale: number; height: number } {
  const room = pageEnd - sheet.top - 60;
  const scale = Math.min(columnWidth / drawing.width, room / drawing.height);
  return { scale, height: drawing.height * scale + 24 };
}

function drawFigure(doc: Pdf, parent: Struct, block: Of<'figure'>): void {
  const { caption, drawing } = block;
  const { scale, height } = placed(block);
  requireRoom(doc, height);
  const figure = doc.struct('Figure', { alt: drawing.alt });
  parent.add(figure);
  figure.add(
    doc.struct('Caption', {}, () => {
      doc
        .font('bold')
        .fontSize(9.5)
        .fillColor(ink.text)
        .text(caption, sheet.left, doc.y, { width: columnWidth });
    }),
  );
  const y = doc.y + 5;
  figure.add(() => drawMarks(doc, drawing, [sheet.left, y], scale));
  figure.end();
  doc.x = sheet.left;
  doc.y = y + drawing.height * scale + 12;
}
