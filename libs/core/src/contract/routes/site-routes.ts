// Routes of a site, with its session.
import { Envelope } from '../trust/envelope.ts';
import { ReleasedModel } from '../models/models.ts';
import { SignedProtocol } from '../protocol.ts';
import { RunDistribution } from '../results/distribution.ts';
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
  sitePackBytes: {
    ...site,
    method: 'GET',
    path: '/api/site/packs/:sha256/bytes',
    summary: 'The qualification pack of one of the site’s jobs; takes Range',
  },
  siteJobState: {
    ...site,
    method: 'POST',
    path: '/api/site/jobs/:id/state',
    summary: 'The site says what became of a job',
    body: JobStateChange,
    response: Job,
  },
  siteDistribution: {
    ...site,
    method: 'GET',
    path: '/api/site/jobs/:id/distribution',
    summary:
      'Where the site stands among the others: once its own report counts, with three other sites in it',
    response: RunDistribution,
  },
  siteQualification: {
    ...site,
    method: 'POST',
    path: '/api/site/qualifications',
    summary: 'Submit signed answers to a qualification pack; answers with a signed receipt',
    body: Envelope,
    response: Envelope,
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
