// problem+json (RFC 9457), the one form of a refusal over HTTP and over the socket. `code` is a key of the error
// catalogue; it is a plain string here because the other side may be newer and know more codes.
import { z } from 'zod';

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  failure: z.enum(['transient', 'ambiguous', 'permanent']),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
