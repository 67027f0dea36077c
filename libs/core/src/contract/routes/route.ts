// What a route is.
import type { z } from 'zod';
import type { AccountRole } from '../accounts.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Express style, below the coordinator's address */
  readonly path: string;
  /** who may call: nobody checked, a site session, or the least role of the trial office; the administrator token has all */
  readonly access: 'open' | 'site' | AccountRole;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** absent: raw bytes */
  readonly response?: z.ZodType;
}
