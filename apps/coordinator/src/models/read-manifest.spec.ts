import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@sidemark/core/errors';
import { readManifest } from './read-manifest.ts';
import { classifierManifest, multitaskManifest } from './manifest.sample.ts';

function issuesOf(value: unknown): unknown {
  try {
    readManifest(value);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'manifest-invalid') return error.details['issues'];
    throw error;
  }
  return [];
}

describe('readManifest', () => {
  const manifest = classifierManifest('chest', '0'.repeat(64));

  it('takes a manifest of the contract, with its defaults filled in', () => {
    expect(readManifest(manifest)).toMatchObject({ name: 'chest', input: { image: { roundSize: 'round' } } });
  });

  it('names unknown fields and where they are', () => {
    const image = { ...manifest.input.image, gamma: 2 };
    expect(issuesOf({ ...manifest, author: 'x', input: { ...manifest.input, image } })).toEqual([
      'input.image: unknown field "gamma"',
      'manifest: unknown field "author"',
    ]);
  });

  it('names every problem at once', () => {
    expect(issuesOf({ ...manifest, opset: 99, version: 'v1' })).toHaveLength(2);
    expect(issuesOf('no manifest')).toHaveLength(1);
  });

  it('refuses what contradicts itself', () => {
    const canary = { ...manifest.canary[0]!, outputs: { other: { indices: [0, 1], values: [0.5] } } };
    expect(issuesOf({ ...manifest, canary: [canary] })).toEqual([
      'canary.0.outputs.other: no output of the model has this name',
      'canary.0.outputs.other: 2 indices for 1 values',
    ]);
    expect(issuesOf({ ...manifest, decode: { variant: 'multiclass' }, labels: ['one'] })).toEqual([
      'labels: a multi-class classifier has 2 to 20 labels: 1',
    ]);
    const both = multitaskManifest('both', '0'.repeat(64));
    expect(issuesOf(both)).toEqual([]);
    expect(issuesOf({ ...both, outputs: both.outputs.slice(0, 1) })).toEqual([
      'outputs: a multi-task classifier has an output that is said to be seg',
    ]);
    const image = { ...both.input.image, fit: 'letterbox-center' };
    expect(issuesOf({ ...both, input: { ...both.input, image } })).toEqual([
      'input.image.fit: stretch, where seg or cam is laid over the film',
    ]);
    expect(issuesOf({ ...both, fold: { k: 5, heldOut: 6 } })).toEqual([
      'fold: heldOut is one of the k folds',
    ]);
    const findings = {
      ...manifest,
      labels: ['mass', 'nodule'],
      decode: { variant: 'multilabel', judged: 'effusion' },
    };
    expect(issuesOf({ ...findings, thresholds: { labels: { edema: 0 } } })).toEqual([
      'decode.judged: is not among the labels',
      'thresholds.labels.edema: is not among the labels',
    ]);
    const map = { method: 'gradcam-bump', features: 'out' };
    const probs = [{ name: 'out', semantic: 'probs' }];
    expect(issuesOf({ ...manifest, outputs: probs, activationMap: map })).toEqual([
      'activationMap.logits: must be named, as the output holds probabilities',
      'outputs: "out": the output that activationMap.features names, and no other, is features',
    ]);
    expect(issuesOf({ ...manifest, activationMap: { method: 'exported' } })).toEqual([
      'activationMap: no output is said to be cam',
    ]);
    const seg = { activation: 'softmax', threshold: 0.5, plane: 2 };
    expect(issuesOf({ ...both, decode: { variant: 'multitask', seg } })).toEqual([
      'decode.seg.plane: the output has 1 planes',
      'decode.seg.planes: softmax runs over two or more planes, background among them',
    ]);
    expect(issuesOf({ ...manifest, license: 'a\0b' })).toEqual([
      'license: holds a character that is no text',
    ]);
  });
});
