// A file of every convention, inspected: its role is proposed, what the file does not say is asked, and the answers of
// its author make the manifest that runs.
import { describe, expect, it } from '@jest/globals';
import { DetectorManifest, InpainterManifest, type Manifest } from '@sidemark/core/contract';
import { CONVENTION_NAMES, conventionInpainter, VARIANT_NAMES, variantDetector } from '@sidemark/phantom';
import { inspectModel } from './inspect-model.ts';

/** The draft with every question answered from the manifest of the author; what it leaves out is deleted. */
function answered(draft: unknown, author: unknown): unknown {
  if (typeof draft !== 'object' || draft === null) return draft;
  if ('?' in draft) return author;
  if (Array.isArray(draft)) {
    const all = author as { name: string }[];
    return draft.map((one: { name: unknown }, i) =>
      answered(one, all.find(({ name }) => name === one.name) ?? all[i]),
    );
  }
  const of = (author ?? {}) as Record<string, unknown>;
  const fields = Object.entries(draft).map(([key, value]) => [key, answered(value, of[key])] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

const asked = (found: ReturnType<typeof inspectModel>): string[] => found.questions.map(({ path }) => path);

/** Never in a file: scales, meanings and what a person must vouch for. */
const never = [
  ...['license', 'trainedArm', 'canary'],
  ...['scale', 'out', 'quantise'].map((field) => `input.image.intensity.${field}`),
];

/** The manifest but for fields of the image that belong to an answer; outputs in any order. */
function essence({ input, outputs, ...rest }: Manifest): object {
  const { name, dtype, layout, channels, size, intensity, normalise } = input.image;
  const image = { name, dtype, layout, channels, size, intensity, normalise };
  return {
    ...rest,
    image,
    extra: input.extra,
    outputs: outputs.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

describe('inspect of a detector', () => {
  it.each(VARIANT_NAMES)('%s lists the convention among those that fit, and chooses none', (name) => {
    const { bytes, manifest } = variantDetector(name);
    const found = inspectModel(bytes);
    expect(found.refused).toBeNull();
    expect(found.rolesThatFit).toContain('detector');
    const draft = inspectModel(bytes, 'detector');
    expect(asked(draft)).toEqual(
      expect.arrayContaining([...never, 'decode', 'labels', 'thresholds.score', 'outputs.0.semantic']),
    );
    const { question } = draft.questions.find(({ path }) => path === 'decode')!;
    expect(question).toContain(manifest.decode.variant);
    const whole = DetectorManifest.parse(answered(draft.manifest, manifest));
    expect(essence(whole)).toEqual(essence(manifest));
  });
});

describe('inspect of an inpainter', () => {
  it.each(CONVENTION_NAMES)('%s asks for every field of its convention, and fills in none', (name) => {
    const { bytes, manifest } = conventionInpainter(name);
    const draft = inspectModel(bytes);
    expect(draft.refused).toBeNull();
    expect(draft.rolesThatFit).toEqual(['inpainter']);
    const { variant, outDtype, ...decode } = manifest.decode;
    const fields = ['variant', 'holeContent', 'composited', 'outLayout', 'context', ...Object.keys(decode)];
    expect(asked(draft)).toEqual(
      expect.arrayContaining([...never, ...fields.map((field) => `decode.${field}`)]),
    );
    manifest.input.extra.forEach((_, i) =>
      expect(asked(draft)).toEqual(
        expect.arrayContaining([`input.extra.${i}.kind`, `input.extra.${i}.hole`, `input.extra.${i}.known`]),
      ),
    );
    if (manifest.input.image.channels === 3) expect(asked(draft)).toContain('decode.outGrey');
    // which of several grey inputs is the image, no shape says
    const unclear = manifest.input.extra.length > 0 && manifest.input.image.channels === 1;
    expect(asked(draft).includes('input.image.name')).toBe(unclear);
    if (variant === 'concatenated') expect(asked(draft)).toContain('decode.channels');
    if (manifest.input.image.size.dynamic)
      expect(asked(draft)).toEqual(expect.arrayContaining(['input.image.size', 'decode.maxSide']));
    const whole = InpainterManifest.parse(answered(draft.manifest, manifest));
    expect(essence({ ...whole, decode: manifest.decode })).toEqual(essence(manifest));
    // the type of the answer is in the file
    expect(whole.decode).toEqual({ ...manifest.decode, ...(outDtype ? { outDtype } : {}) });
  });
});
