// The first page: what, of which run, with which digests, and room for the signatures of people; then the contents.
import type { RunDocument, Section } from '../document/block.ts';
import { ink } from '../drawing/drawing.ts';
import { drawClaim, drawFacts } from './blocks.ts';
import { artifact, columnWidth, type Pdf, sheet, type Struct } from './page.ts';

const band = 196;

export function drawTitlePage(doc: Pdf, parent: Struct, { titlePage }: RunDocument): void {
  const { kicker, title, subtitle, claims, facts, signatures, note } = titlePage;
  doc.addPage();
  artifact(doc, () => doc.rect(0, 0, sheet.width, band).fill(ink.accent));
  const options = { width: columnWidth };
  parent.add(
    doc.struct('P', {}, () =>
      doc.font('regular').fontSize(10.5).fillColor('#ffffff').text(kicker, sheet.left, 62, options),
    ),
  );
  parent.add(
    doc.struct('H1', {}, () =>
      doc
        .font('bold')
        .fontSize(27)
        .text(title, sheet.left, 82, { ...options, lineGap: -3 }),
    ),
  );
  parent.add(
    doc.struct('P', {}, () =>
      doc
        .font('regular')
        .fontSize(11.5)
        .text(subtitle, sheet.left, doc.y + 6, options),
    ),
  );
  doc.y = band + 26;
  for (const claim of claims.slice(0, 3)) drawClaim(doc, parent, claim);
  doc.y += 6;
  drawFacts(doc, parent, facts);
  drawSignatures(doc, parent, signatures);
  const y = sheet.height - 62;
  parent.add(
    doc.struct('P', {}, () =>
      doc
        .font('regular')
        .fontSize(8.5)
        .fillColor(ink.muted)
        .text(note, sheet.left, y - 14, options),
    ),
  );
}

function drawSignatures(doc: Pdf, parent: Struct, signatures: readonly string[]): void {
  const y = sheet.height - 128;
  const width = (columnWidth - 2 * 22) / 3;
  signatures.forEach((who, i) => {
    const x = sheet.left + i * (width + 22);
    artifact(doc, () =>
      doc
        .lineWidth(0.7)
        .strokeColor(ink.text)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke(),
    );
    parent.add(
      doc.struct('P', {}, () => {
        doc
          .font('regular')
          .fontSize(8.5)
          .fillColor(ink.muted)
          .text(`${who}: name, date, signature`, x, y + 4, { width });
      }),
    );
  });
}

/** @param pageOf first page of each section by its id */
export function drawContents(
  doc: Pdf,
  parent: Struct,
  sections: readonly Section[],
  pageOf: ReadonlyMap<string, number>,
): void {
  doc.addPage();
  parent.add(
    doc.struct('H1', {}, () =>
      doc.font('bold').fontSize(18).fillColor(ink.text).text('Contents', sheet.left, sheet.top),
    ),
  );
  doc.y += 10;
  const toc = doc.struct('TOC');
  parent.add(toc);
  for (const { id, title } of sections) {
    const y = doc.y;
    const page = String(pageOf.get(id) ?? '');
    toc.add(
      doc.struct('TOCI', {}, () => {
        doc
          .font('regular')
          .fontSize(11)
          .fillColor(ink.text)
          .text(title, sheet.left, y, { lineBreak: false, goTo: id });
        doc.text(page, sheet.width - sheet.right - doc.widthOfString(page), y, { lineBreak: false });
      }),
    );
    artifact(doc, () => {
      doc.lineWidth(0.4).strokeColor(ink.rule);
      doc
        .moveTo(sheet.left, y + 18)
        .lineTo(sheet.width - sheet.right, y + 18)
        .stroke();
    });
    doc.y = y + 25;
  }
  toc.end();
}
