// Every HTTP route of the coordinator, once: controllers, the CLI's client and the OpenAPI document read this table.
import { accountRoutes } from './routes/account-routes.ts';
import { officeRoutes } from './routes/office-routes.ts';
import { openRoutes } from './routes/open-routes.ts';
import type { Route } from './routes/route.ts';
import { siteRoutes } from './routes/site-routes.ts';

export { Alive, Health } from './routes/open-routes.ts';
export type { Route } from './routes/route.ts';

export const routes = {
  ...openRoutes,
  ...accountRoutes,
  ...officeRoutes,
  ...siteRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
