// Who calls, for requests that Express does not route (the opening of a websocket): by Express' own rule.
import type { IncomingMessage } from 'node:http';

/** An Express application; its `request` is what its requests inherit from, which the types leave out. */
interface ExpressLike {
  readonly request: object;
}

/** The address of the socket or, through the proxies that `trust proxy` names, the one in X-Forwarded-For. */
export function callerAddress(app: ExpressLike, request: IncomingMessage): string | undefined {
  const seen: object = Object.assign(Object.create(request) as object, { app });
  const address: unknown = Reflect.get(app.request, 'ip', seen);
  return typeof address === 'string' ? address : undefined;
}
