import { describe, expect, it } from '@jest/globals';
import { routes } from '@sidemark/core/contract';
import { openApiDocument } from './document.ts';

describe('the OpenAPI document', () => {
  const text = JSON.stringify(openApiDocument('https://trial.example', '0.1.0'));
  const document = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string; security: object[] }>>;
    components: { schemas: Record<string, object> };
  };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

  it('has every route of the contract and no other', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  });

  it('refers only to schemas that it has', () => {
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(new Set(named.filter((name) => !(name! in document.components.schemas)))).toEqual(new Set());
    expect(named.length).toBeGreaterThan(30);
  });

  it('leaves open only health, signing in, enrolment, and a change of key, which proves itself by two signatures', () => {
    const open = operations
      .filter(({ security }) => security.length === 0)
      .map(({ operationId }) => operationId);
    expect(open.sort()).toEqual([
      ...['alive', 'createFirstAccount', 'enrol', 'enrolmentHello', 'health'],
      ...['redeemLink', 'rotateSiteKey', 'showSession', 'signIn'],
    ]);
  });
});
