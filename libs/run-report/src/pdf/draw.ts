// A drawing on the page, as vectors.
import type { Drawing, Mark } from '../drawing/drawing.ts';
import type { Pdf } from './page.ts';

/** @param at left upper corner in points @param scale points for a unit of the drawing */
export function drawMarks(doc: Pdf, { marks }: Drawing, at: readonly [number, number], scale: number): void {
  doc.save();
  doc.translate(at[0], at[1]).scale(scale);
  for (const mark of marks) drawMark(doc, mark);
  doc.restore();
}

function drawMark(doc: Pdf, mark: Mark): void {
  switch (mark.kind) {
    case 'text': {
      doc
        .font(mark.bold ? 'bold' : 'regular')
        .fontSize(mark.size)
        .fillColor(mark.fill);
      const width = mark.anchor === 'start' ? 0 : doc.widthOfString(mark.text);
      const x = mark.x - (mark.anchor === 'middle' ? width / 2 : width);
      doc.text(mark.text, x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    }
    case 'line': {
      doc.lineWidth(mark.width).strokeColor(mark.stroke);
      if (mark.dash) doc.dash(4, { space: 3 });
      doc
        .moveTo(...mark.from)
        .lineTo(...mark.to)
        .stroke();
      if (mark.dash) doc.undash();
      return;
    }
    case 'rect': {
      doc.lineWidth(1);
      doc.roundedRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
      if (mark.stroke === null) doc.fill(mark.fill);
      else doc.fillAndStroke(mark.fill, mark.stroke);
      return;
    }
    case 'path': {
      const [first, ...rest] = mark.points;
      if (!first) return;
      doc.moveTo(...first);
      for (const point of rest) doc.lineTo(...point);
      if (mark.fill !== null && mark.stroke !== null)
        doc.closePath().lineWidth(mark.width).fillAndStroke(mark.fill, mark.stroke);
      else if (mark.fill !== null) doc.closePath().fill(mark.fill);
      else
        doc
          .lineWidth(mark.width)
          .lineJoin('round')
          .strokeColor(mark.stroke ?? '#000000')
          .stroke();
    }
  }
}
