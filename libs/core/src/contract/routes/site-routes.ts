// Routes of a site, with its session.
import { Envelope } from '../trust/envelope.ts';
import { ReleasedModel } from '../models/models.ts';
import { SignedProtocol } from '../protocol.ts';
import { Job, JobStateChange } from '../runs.ts';
import type { Route } from './route.ts';

const site = { access: 'site' } as const;

export const siteRoutes = {
  siteProtocol: {
    ...site,
    method: 'GET',
    path: '/api/site/protocols/:digest',
    summary: 'A signed protocol of one of the site’s jobs',
    response: SignedProtocol,
  },
  siteModel: {
    ...site,
    method: 'GET',
    path: '/api/site/models/:sha256',
    summary: 'Release and manifest of a model of one of the site’s jobs',
    response: ReleasedModel,
  },
  siteModelBytes: {
    ...site,
    method: 'GET',
    path: '/api/site/models/:sha256/bytes',
    summary: 'ONNX bytes; takes Range',
  },
  siteJobState: {
    ...site,
    method: 'POST',
    path: '/api/site/jobs/:id/state',
    summary: 'The site says what became of a job',
    body: JobStateChange,
    response: Job,
  },
  siteReport: {
    ...site,
    method: 'POST',
    path: '/api/site/reports',
    summary: 'Submit a signed report; answers with a signed receipt',
    body: Envelope,
    response: Envelope,
  },
} as const satisfies Record<string, Route>;
