// A handler is bound to the contract's route table by name, so that path, method and guard cannot drift from it.
import { applyDecorators, Get, HttpCode, Post, Put, SetMetadata } from '@nestjs/common';
import { type Route, type RouteName, routes } from '@sidemark/core/contract';

export const routeNameKey = 'sidemark:route-name';

const verbs = { GET: Get, POST: Post, PUT: Put } as const;

/** `@ApiRoute('createStudy')` on a method of a plain `@Controller()`. The access guard reads the rest. */
export function ApiRoute(name: RouteName): MethodDecorator {
  const { method, path }: Route = routes[name];
  return applyDecorators(verbs[method](path), HttpCode(200), SetMetadata(routeNameKey, name));
}
