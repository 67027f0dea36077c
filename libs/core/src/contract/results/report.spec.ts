// The privacy boundary, proven by walking the schema: what the report cannot say, no site can leak.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Report } from '../index.ts';

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  additionalProperties?: boolean | Node;
  items?: Node;
  maxItems?: number;
  anyOf?: Node[];
  oneOf?: Node[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
}

/** String shapes that can name a record or a time, and nothing else. */
const allowedPatterns = [/^\^\[0-9a-f\]\{64\}\$$/, /^\^\\d\{1,4\}\\\.\\d\{1,4\}\\\.\\d\{1,6\}\$$/];
const allowedFormats = ['uuid', 'date-time'];

function leaks(node: Node, path: string): string[] {
  const options = node.anyOf ?? node.oneOf;
  if (options) return options.flatMap((option, i) => leaks(option, `${path}|${i}`));
  if (node.const !== undefined || node.enum !== undefined) return [];
  switch (node.type) {
    case 'object':
      if (node.additionalProperties !== false) return [`${path}: object is open`];
      return Object.entries(node.properties ?? {}).flatMap(([key, child]) => leaks(child, `${path}.${key}`));
    case 'array':
      if (node.maxItems === undefined || node.maxItems > 100)
        return [`${path}: array could hold one entry per image`];
      return leaks(node.items ?? {}, `${path}[]`);
    case 'integer':
    case 'number':
      return node.minimum === undefined || node.maximum === undefined
        ? [`${path}: number without range`]
        : [];
    case 'boolean':
    case 'null':
      return [];
    case 'string':
      if (node.format !== undefined && allowedFormats.includes(node.format)) return [];
      return allowedPatterns.some((p) => p.test(node.pattern ?? ''))
        ? []
        : [`${path}: free string ${node.pattern ?? ''}`];
    default:
      return [`${path}: anything`];
  }
}

const walk = (schema: z.ZodType): string[] => leaks(z.toJSONSchema(schema) as Node, 'report');

describe('the report schema', () => {
  it('can hold no pixels, UIDs, names, free text or per-image values', () => {
    expect(walk(Report)).toEqual([]);
  });

  it('would be caught if it could', () => {
    const bad = (shape: z.ZodRawShape): string[] => walk(Report.extend({ header: z.strictObject(shape) }));
    expect(bad({ note: z.string() })).toHaveLength(1);
    expect(bad({ uid: z.string().regex(/^[0-9.]+$/) })).toHaveLength(1);
    expect(bad({ scores: z.array(z.number().min(0).max(1)) })).toHaveLength(1);
    expect(bad({ pixels: z.array(z.int().min(0).max(255)).max(262_144) })).toHaveLength(1);
    expect(bad({ anything: z.unknown() })).toHaveLength(1);
    expect(bad({ extra: z.record(z.string(), z.boolean()) })).toHaveLength(1);
    expect(walk(z.looseObject({ a: z.boolean() }))).toHaveLength(1);
  });

  it('has no figure that is the score of somebody: no threshold, extreme, quantile or curve', () => {
    const keys = [...JSON.stringify(z.toJSONSchema(Report.shape.result)).matchAll(/"(\w+)":\{/g)].map(
      ([, key]) => key,
    );
    expect(keys).toContain('auc');
    expect(
      keys.filter((key) => /score|threshold|^min$|^max$|lowest|highest|quantile|median|curve/i.test(key!)),
    ).toEqual([]);
  });

  it('refuses NaN, Infinity and unknown keys', () => {
    const auc = (value: number) => ({ kind: 'estimate', value });
    const estimate = Report.shape.result.shape.comparisons.element.shape.difference;
    expect(estimate.safeParse(auc(NaN)).success).toBe(false);
    expect(estimate.safeParse(auc(Infinity)).success).toBe(false);
    expect(estimate.safeParse({ ...auc(0.1), patient: 'x' }).success).toBe(false);
    expect(estimate.safeParse(auc(0.1)).success).toBe(true);
  });
});
