// What the papers say of codes, manifests and protocols is what the code says.
import { describe, expect, it } from '@jest/globals';
import {
  ClassifierManifest,
  DetectorDecode,
  DetectorManifest,
  InpainterManifest,
  MaskPolicy,
  ProtocolDraft,
  Tiling,
} from '@sidemark/core/contract';
import { catalogue, isErrorCode } from '@sidemark/core/errors';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemRemedies } from '../../apps/site-agent/src/dataset/rows/row-problems.ts';
import { agentErrors } from '../../libs/core/src/errors/catalogue-agent.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');

/** Rows of two cells below a header, first cell a code in back ticks. */
function tableAfter(text: string, header: RegExp): Map<string, string> {
  const start = text.search(header);
  if (start < 0) throw new RangeError(`the paper has no table ${header.source}`);
  const [table = ''] = text.slice(start).split('\n\n');
  return new Map(
    [...table.matchAll(/^\| `([\w-]+)` +\| (.*?) +\|$/gm)].map(([, code = '', said = '']) => [code, said]),
  );
}

describe('docs/site-guide.md', () => {
  const guide = read('site-guide.md');

  it('gives every code of its troubleshooting table the sentence of the catalogue', () => {
    const table = tableAfter(guide, /^\| code +\| what is wrong/m);
    for (const [code, said] of table) {
      expect(isErrorCode(code) && catalogue[code].sentence).toBe(said);
    }
  });

  it('has every refusal of the agent in its troubleshooting table', () => {
    const table = tableAfter(guide, /^\| code +\| what is wrong/m);
    expect(Object.keys(agentErrors).filter((code) => !table.has(code))).toEqual([]);
  });

  it('has every problem of a row with its remedy', () => {
    expect(Object.fromEntries(tableAfter(guide, /^\| problem +\| what to do/m))).toEqual(problemRemedies);
  });
});

describe('docs/coordinator-guide.md', () => {
  const guide = read('coordinator-guide.md');

  it.each([
    [
      'a manifest',
      [DetectorManifest, InpainterManifest, ClassifierManifest].flatMap((m) => Object.keys(m.shape)),
    ],
    ['an image input', Object.keys(DetectorManifest.shape.input.shape.image.shape)],
    ['a protocol draft', Object.keys(ProtocolDraft.shape).filter((key) => key !== 'name')],
  ])('names every field of %s', (_what, keys) => {
    const named = (key: string): boolean => new RegExp(`\`[^\`\n]*\\b${key}\\b[^\`\n]*\``).test(guide);
    expect(keys.filter((key) => !named(key))).toEqual([]);
  });
});

describe('docs/models.md', () => {
  const detectors =
    read('models.md')
      .split('\n## ')
      .find((part) => part.startsWith('Detectors')) ?? '';
  const blocks = (language: string): string[] =>
    [...detectors.matchAll(new RegExp(`^\`\`\`${language}\n([^\`]*)\n\`\`\`$`, 'gm'))].map(
      ([, code]) => code!,
    );

  it('gives every variant of a detector a `decode` that the contract reads, and names each in its table', () => {
    const decodes = blocks('jsonl')[0]!
      .split('\n')
      .map((line) => DetectorDecode.parse(JSON.parse(line)));
    const variants = DetectorDecode.options.map(({ shape }) => shape.variant.value);
    expect(decodes.map(({ variant }) => variant)).toEqual(variants.filter((one) => one !== 'trt-nms'));
    expect(variants.filter((one) => !detectors.includes(`| \`${one}\``))).toEqual([]);
  });

  it('shows a mask policy and a tiling that the contract reads', () => {
    const [policy, tiling] = blocks('json').map((code): unknown => JSON.parse(code));
    expect(MaskPolicy.safeParse(policy).error).toBeUndefined();
    expect(Tiling.safeParse(tiling).error).toBeUndefined();
  });
});
