// Routes that check what they are given and nobody’s credential.
import { z } from 'zod';
import { RotateSiteKey, SiteKeyRotated } from '../trust/keys.ts';
import { Enrolment, EnrolmentPending, LinkChallenge, LinkOpening } from '../trust/link.ts';
import type { Route } from './route.ts';

export const Health = z.strictObject({
  status: z.enum(['ok', 'degraded']),
  contract: z.int(),
  version: z.string(),
  database: z.enum(['up', 'down']),
});
export type Health = z.infer<typeof Health>;

export const Alive = z.strictObject({ status: z.literal('alive'), contract: z.int(), version: z.string() });
export type Alive = z.infer<typeof Alive>;

const open = { access: 'open' } as const;

export const openRoutes = {
  health: {
    ...open,
    method: 'GET',
    path: '/api/health',
    summary: 'Is the coordinator ready to work? 503 with the same body while its database is down',
    response: Health,
  },
  alive: {
    ...open,
    method: 'GET',
    path: '/api/alive',
    summary: 'Does the process answer, whatever its database does?',
    response: Alive,
  },
  enrolmentHello: {
    ...open,
    method: 'POST',
    path: '/api/enrolment/hello',
    summary: 'The coordinator proves who it is to a new site',
    body: LinkOpening,
    response: LinkChallenge,
  },
  enrol: {
    ...open,
    method: 'POST',
    path: '/api/enrolment',
    summary: 'A new site key asks for approval',
    body: Enrolment,
    response: EnrolmentPending,
  },

  rotateSiteKey: {
    ...open,
    method: 'POST',
    path: '/api/site-keys/rotation',
    summary: 'A site changes its key: signed by the old key and by the new one',
    body: RotateSiteKey,
    response: SiteKeyRotated,
  },
} as const satisfies Record<string, Route>;
