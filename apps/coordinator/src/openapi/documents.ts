// The API documents in a browser (/docs) and as a file (/api/openapi.json). Both need the administrator token; a
// browser asks for it as the password of HTTP Basic.
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { AdministratorsService } from '../auth/administrators.service.ts';
import { CallerLimits } from '../auth/caller-limits.ts';
import { ProblemFilter } from '../platform/http/problem.filter.ts';
import { coordinatorVersion } from '../platform/version.ts';
import { openApiDocument } from './document.ts';

/** Before the application's own routes, whose end is "not found". */
export function serveDocuments(app: NestExpressApplication): void {
  const administrators = app.get(AdministratorsService);
  const limits = app.get(CallerLimits);
  const problems = app.get(ProblemFilter);
  const guard = (request: Request, response: Response, next: NextFunction): void => {
    limits
      .guessing(request, (header) => administrators.authenticate(header))
      .then(
        () => next(),
        (error: unknown) => {
          response.setHeader('WWW-Authenticate', 'Basic realm="Sidemark", charset="UTF-8"');
          problems.answer(error, response);
        },
      );
  };
  app.use(['/docs', '/api/openapi.json'], guard);
  SwaggerModule.setup(
    'docs',
    app,
    () => openApiDocument('/', coordinatorVersion) as unknown as OpenAPIObject,
    {
      customSiteTitle: 'Sidemark coordinator',
      jsonDocumentUrl: 'api/openapi.json',
      raw: ['json'],
    },
  );
}
