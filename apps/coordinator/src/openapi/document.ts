// The OpenAPI document, from the contract's route table: what is documented is what is routed, guarded and parsed.
import { Problem, proofHeader, type Route, routes } from '@sidemark/core/contract';
import { components, type JsonSchema, schemaOf } from './schemas.ts';

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

const office = [{ administratorToken: [] }, { administratorBasic: [] }, { accountSession: [] }];

const security: Readonly<Record<Route['access'], readonly JsonSchema[]>> = {
  open: [],
  reader: office,
  coordinator: office,
  administrator: office,
  site: [{ siteSession: [] }],
};

const securitySchemes = {
  administratorToken: { type: 'http', scheme: 'bearer', description: 'the administrator token, smk_...' },
  administratorBasic: { type: 'http', scheme: 'basic', description: 'any user name; the token as password' },
  accountSession: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-sidemark',
    description: `sign in first (over plain HTTP the cookie is named sidemark); what changes something needs the header ${proofHeader}, too`,
  },
  siteSession: {
    type: 'http',
    scheme: 'bearer',
    description: 'a session given after the challenge on the link',
  },
};

function json(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } };
}

function bodyOf(route: Route): JsonSchema {
  if (route.body !== undefined)
    return { requestBody: { required: true, content: json(schemaOf(route.body)) } };
  return route.method === 'PUT' ? { requestBody: { required: true, content: bytes } } : {};
}

function parametersOf(name: string, route: Route): JsonSchema[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const after = { name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } };
  return name === 'listAudit' ? [...inPath, after] : inPath;
}

function operation(name: string, route: Route): JsonSchema {
  const problem = { 'application/problem+json': { schema: schemaOf(Problem) } };
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.access],
    security: security[route.access],
    parameters: parametersOf(name, route),
    ...bodyOf(route),
    responses: {
      200: {
        description: 'done',
        content: route.response === undefined ? bytes : json(schemaOf(route.response)),
      },
      default: { description: 'refused: what is wrong and what to do', content: problem },
    },
  };
}

/** @param server address of the coordinator. */
export function openApiDocument(server: string, version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(name, route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sidemark coordinator',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    tags: ['reader', 'coordinator', 'administrator', 'site', 'open'].map((name) => ({ name })),
    paths,
    components: { schemas: components(), securitySchemes },
  };
}
