// The colours of the pages, measured: against what they stand on, and against each other as people with colour vision
// deficiencies see them (Machado, Oliveira & Fernandes 2009, severity 1).
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrast, linear, rgbOf } from './contrast.ts';

const sheets = ['styles/base.css', 'styles/charts.css'].map((file) =>
  readFileSync(join(import.meta.dirname, '../..', file), 'utf8'),
);

/** The custom properties of `:root`, with those of the dark over them where it is asked for. */
function colours(dark: boolean): Map<string, string> {
  const found = new Map<string, string>();
  for (const sheet of sheets) {
    const blocks = [...sheet.matchAll(/(@media \(prefers-color-scheme: dark\) \{\s*)?:root \{([^}]*)\}/g)];
    for (const [, isDark, body] of blocks.filter(
      ([, inDark], i) => i === 0 || (dark && inDark !== undefined),
    ))
      if (dark || isDark === undefined)
        for (const [, name, value] of body!.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g))
          found.set(name!, value!);
  }
  return found;
}

const arms = ['arm-original', 'arm-inpainted', 'arm-clipped', 'arm-placebo'];
const visions: Readonly<Record<string, readonly number[]>> = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** Oklab (Ottosson 2020) of a colour as it is seen. */
function seen(colour: string, m: readonly number[]): number[] {
  const [r, g, b] = rgbOf(colour).map(linear) as [number, number, number];
  const [x, y, z] = [0, 3, 6].map((i) => Math.max(0, m[i]! * r + m[i + 1]! * g + m[i + 2]! * b)) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * x + 0.5363325363 * y + 0.0514459929 * z);
  const n = Math.cbrt(0.2119034982 * x + 0.6806995451 * y + 0.1073969566 * z);
  const s = Math.cbrt(0.0883024619 * x + 0.2817188376 * y + 0.6299787005 * z);
  return [
    0.2104542553 * l + 0.793617785 * n - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * n + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * n - 0.808675766 * s,
  ];
}

const pairs = arms.flatMap((a, i) => arms.slice(i + 1).map((b) => [a, b] as const));

describe.each([false, true])('the colours, dark: %s', (dark) => {
  const of = colours(dark);
  const get = (name: string): string => of.get(name) ?? `no colour ${name}`;

  it.each(['ink', 'soft', 'accent', 'good', 'bad', 'withheld', 'pooled'])('let words be read: %s', (name) => {
    for (const ground of ['card', 'paper', 'faint'])
      expect(contrast(get(name), get(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([...arms, 'site', 'pooled', 'soft'])('let marks be seen (3:1): %s', (name) => {
    expect(contrast(get(name), get('card'))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(visions))('keep the arms apart in %s vision', (vision) => {
    const apart = pairs.map(([a, b]) => {
      const [p, q] = [seen(get(a), visions[vision]!), seen(get(b), visions[vision]!)];
      return Math.hypot(...p.map((value, i) => value - q[i]!));
    });
    // 0.02 is just seen side by side; a shape and a dash tell them apart as well
    expect(Math.min(...apart)).toBeGreaterThan(0.1);
  });
});
