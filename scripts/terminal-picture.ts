// Draws what a command printed as an SVG picture of a terminal:
//   npm run demo -- --once | node --import tsx scripts/terminal-picture.ts > docs/images/demo.svg
import { text } from 'node:stream/consumers';

const font = { size: 13, width: 7.83, line: 17 };
const margin = 16;
/** a longer line is cut */
const columns = 190;
const escape = (line: string): string =>
  line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function picture(lines: readonly string[]): string {
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * font.width + 2 * margin);
  const height = lines.length * font.line + 2 * margin;
  const spans = lines.map(
    (line, i) => `<tspan x="${margin}" y="${margin + (i + 0.8) * font.line}">${escape(line)}</tspan>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<rect width="100%" height="100%" rx="8" fill="#11161d"/>`,
    `<text xml:space="preserve" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${font.size}" fill="#d7dee8">`,
    ...spans,
    `</text></svg>`,
  ].join('\n');
}

const printed = (await text(process.stdin)).split('\n');
const start = printed.findIndex((line) => line.startsWith('Drawing films'));
const progress = /^\S+: \d+\/\d+/;
// the full analysis would fill three screens: from "Sites" on, what is before the effect is left out
const [from, to] = [printed.indexOf('Sites'), printed.findIndex((line) => line.startsWith('The effect:'))];
const kept = printed
  .filter((line, i) => i >= start && !progress.test(line) && (to < 0 || i < from || i >= to))
  .map((line) => line.slice(0, columns));
while (kept.at(-1) === '') kept.pop();
process.stdout.write(`${picture(kept)}\n`);
