// What a route is.
import type { z } from 'zod';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Express style, below the coordinator's address */
  readonly path: string;
  /** who may call: nobody checked, the administrator token, or a site session */
  readonly access: 'open' | 'administrator' | 'site';
  readonly summary: string;
  readonly body?: z.ZodType;
  /** absent: raw bytes */
  readonly response?: z.ZodType;
}
