import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fieldsOf, page, reportFieldsPage } from './report-fields.ts';

describe('docs/report-fields.md', () => {
  it('says what the schemas say (npm run docs:report writes it anew)', async () => {
    expect(readFileSync(page, 'utf8')).toBe(await reportFieldsPage());
  });

  it('has a row for every figure of a report that could tell about few people', () => {
    const text = readFileSync(page, 'utf8');
    for (const field of [
      'result.images.registered.patients',
      'result.classifiers[]:binary.decisions[]:counts.tp',
      'result.classifiers[]:multiclass.paired[].table[][]',
      'result.comparisons[].difference:estimate.value',
    ])
      expect(text).toContain(`\`${field}\``);
  });
});

describe('the list of fields', () => {
  it('names objects, lists, options and what may be absent', () => {
    const option = (kind: string) => ({
      type: 'object',
      properties: { kind: { const: kind }, value: { type: 'number', minimum: 0, maximum: 1 } },
    });
    const schema = {
      type: 'object',
      properties: {
        list: { type: 'array', minItems: 1, maxItems: 4, items: { oneOf: [option('a'), option('b')] } },
        maybe: { anyOf: [{ type: 'boolean' }, { type: 'null' }], description: 'said when known' },
      },
    };
    expect(fieldsOf(schema).map(({ path, holds }) => `${path}: ${holds}`)).toEqual([
      'list: list, 1 to 4',
      'list[]:a.kind: always `a`',
      'list[]:a.value: number, 0 to 1',
      'list[]:b.kind: always `b`',
      'list[]:b.value: number, 0 to 1',
      'maybe: yes or no, or nothing',
    ]);
  });

  it('refuses a string without a form: a page that cannot say what leaves is no page', () => {
    expect(() => fieldsOf({ type: 'object', properties: { note: { type: 'string' } } })).toThrow(/free text/);
  });
});
