// The dashboard: the static files that `npm run build:dashboard` makes, at the root of the coordinator's address.
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../../config.ts';

const absent = `This is a Sidemark coordinator. Its dashboard is not built here: run \`npm run build:dashboard\` where Sidemark is installed, and start the coordinator again. The API works without it.\n`;

/** Before the application's own routes. Names of assets change with their bytes; the page itself is asked for anew. */
export function serveDashboard(app: NestExpressApplication, { dashboardDir }: Config): void {
  if (!existsSync(join(dashboardDir, 'index.html'))) {
    app.use((request: Request, response: Response, next: NextFunction) => {
      if (request.path !== '/') return next();
      response.status(404).type('text/plain').send(absent);
    });
    return;
  }
  app.useStaticAssets(dashboardDir, {
    index: 'index.html',
    redirect: false,
    setHeaders: (response: Response, file: string) => {
      const isAsset = file.includes(`${sep}assets${sep}`);
      response.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
