import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { DynamicModule, Type } from '@nestjs/common';
import { routes } from '@sidemark/core/contract';
import { AppModule } from './app.module.ts';
import { routeNameKey } from './platform/http/api-route.ts';
import { PlatformModule } from './platform/platform.module.ts';

type Part = Type<unknown> | DynamicModule;

function listed(part: Part, key: 'imports' | 'controllers'): Type<unknown>[] {
  const type = 'module' in part ? part.module : part;
  const declared = (Reflect.getMetadata(key, type) ?? []) as Type<unknown>[];
  const dynamic = 'module' in part ? ((part[key] ?? []) as Type<unknown>[]) : [];
  return [...declared, ...dynamic];
}

function controllersOf(part: Part, seen = new Set<unknown>()): Type<unknown>[] {
  if (seen.has(part)) return [];
  seen.add(part);
  return [
    ...listed(part, 'controllers'),
    ...listed(part, 'imports').flatMap((next) => controllersOf(next, seen)),
  ];
}

function handlersOf(controller: Type<unknown>): { path: unknown; route: unknown }[] {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .map((name) => prototype[name] as object)
    .map((handler) => ({
      path: Reflect.getMetadata('path', handler) as unknown,
      route: Reflect.getMetadata(routeNameKey, handler) as unknown,
    }))
    .filter(({ path }) => path !== undefined);
}

describe('the routes of the contract', () => {
  const handlers = [AppModule, PlatformModule].flatMap((part) => controllersOf(part)).flatMap(handlersOf);

  it('have one handler each, and no handler is without a route', () => {
    expect(handlers.map(({ route }) => route).sort()).toEqual(Object.keys(routes).sort());
  });
});
