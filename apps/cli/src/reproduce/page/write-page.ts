// Page, JSON and figures, where the documentation has them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reproduction } from '../figures/reproduction.ts';
import {
  decompositionSection,
  fillSection,
  labelSection,
  matrixSection,
  relianceSection,
  swapSection,
  thresholdSection,
} from './beyond.ts';
import { figuresOf } from './figures.ts';
import { binarySection, foldSection, mapSection, multiTaskSection, threeClassSection } from './paper.ts';
import { digestSection, headSection, hospitalSection, limitsSection, radiographSection } from './study.ts';

export function pageOf(all: Reproduction): string {
  const sections = [
    headSection,
    ...[binarySection, threeClassSection, multiTaskSection, mapSection, foldSection],
    ...[matrixSection, decompositionSection, relianceSection, swapSection, thresholdSection, labelSection],
    fillSection,
    ...[radiographSection, hospitalSection, limitsSection, digestSection],
  ];
  const written = sections.map((section) => section(all)).filter((text) => text !== '');
  return `${written.join('\n\n')}\n`;
}

/** @returns the files written */
export async function writePage(all: Reproduction, folder: string): Promise<string[]> {
  const images = join(folder, 'images', 'reproduction');
  await mkdir(images, { recursive: true });
  const files: (readonly [string, string])[] = [
    [join(folder, 'reproduction.md'), pageOf(all)],
    [join(folder, 'reproduction.json'), `${JSON.stringify(all, null, 1)}\n`],
    ...Object.entries(figuresOf(all)).map(([name, svg]) => [join(images, `${name}.svg`), svg] as const),
  ];
  for (const [file, text] of files) await writeFile(file, text);
  return files.map(([file]) => file);
}
