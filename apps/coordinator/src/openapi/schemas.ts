// The contract's named schemas as OpenAPI components: JSON Schema 2020-12, from the very zod objects that parse.
import * as contract from '@sidemark/core/contract';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

const place = (name: string): string => `#/components/schemas/${name}`;

function named(): [string, z.ZodType][] {
  return Object.entries(contract).flatMap(([name, value]): [string, z.ZodType][] =>
    value instanceof z.ZodType ? [[name, value]] : [],
  );
}

/** Every named schema of the contract. */
export function components(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of named()) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: place, io: 'input', unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
}

/** Without the marks of a stand-alone document. */
function plain(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}

/** A reference to a named schema, or the schema itself when the contract gives it no name. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const name = named().findLast(([, known]) => known === schema)?.[0];
  if (name !== undefined) return { $ref: place(name) };
  return plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}
