// `npm run docs:report`: writes docs/report-fields.md, every field that can leave a site, from the zod schemas that the
// egress gate checks. `scripts/report-fields.spec.ts` fails when page and schemas differ.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  EnrolmentStatement,
  JobProgress,
  JobStateChange,
  KeyRotation,
  LinkOpening,
  Report,
  SiteHello,
} from '@sidemark/core/contract';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';

/** The part of JSON Schema that our schemas use. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
}

export interface Field {
  readonly path: string;
  readonly holds: string;
  readonly meaning: string;
}

export const page = fileURLToPath(new URL('../docs/report-fields.md', import.meta.url));

const sha256Pattern = '^[0-9a-f]{64}$';
const versionPattern = '^\\d{1,4}\\.\\d{1,4}\\.\\d{1,6}$';

function stringHolds({ format: kind, pattern, contentEncoding }: SchemaNode): string {
  if (kind === 'uuid') return 'random id (UUID)';
  if (kind === 'date-time') return 'UTC instant, milliseconds';
  if (kind === 'uri') return 'address';
  if (contentEncoding === 'base64') return 'base64';
  if (pattern === sha256Pattern) return '64 hex digits';
  if (pattern === versionPattern) return 'version: three numbers';
  throw new RangeError(`a string that this page has no words for: ${pattern ?? kind ?? 'free text'}`);
}

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a leaf can hold, in words. @throws RangeError for a node that this page has no words for. */
function leafHolds(node: SchemaNode): string {
  if (node.const !== undefined) return `always \`${word(node.const)}\``;
  if (node.enum !== undefined) return `one of ${node.enum.map((value) => `\`${word(value)}\``).join(', ')}`;
  switch (node.type) {
    case 'integer':
    case 'number': {
      const what = node.type === 'integer' ? 'whole number' : 'number';
      return `${what}, ${node.minimum ?? 'any'} to ${node.maximum ?? 'any'}`;
    }
    case 'boolean':
      return 'yes or no';
    case 'null':
      return 'nothing';
    case 'string':
      return stringHolds(node);
    default:
      throw new RangeError(`a node that this page has no words for: ${JSON.stringify(node).slice(0, 100)}`);
  }
}

/** The name that tells the options of a union apart: the constant of its `kind`. */
function kindOf({ properties }: SchemaNode): string | undefined {
  const kind = properties?.['kind']?.const;
  return kind === undefined ? undefined : word(kind);
}

/** Every field below a node, in the order of the schema; `[]` is an entry of a list, `:x` an option of a union. */
export function fieldsOf(node: SchemaNode, path = ''): Field[] {
  const options = node.anyOf ?? node.oneOf;
  const meaning = node.description ?? '';
  if (options?.every((option) => kindOf(option) !== undefined)) {
    const own = meaning === '' ? [] : [{ path, holds: 'one of the following', meaning }];
    return [...own, ...options.flatMap((option) => fieldsOf(option, `${path}:${kindOf(option)}`))];
  }
  if (options !== undefined) return [{ path, holds: options.map(leafHolds).join(', or '), meaning }];
  if (node.type === 'object') {
    return Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
      fieldsOf(child, path === '' ? name : `${path}.${name}`),
    );
  }
  if (node.type === 'array') {
    const holds = `list, ${node.minItems ?? 0} to ${node.maxItems ?? 'any number'}`;
    return [{ path, holds, meaning }, ...fieldsOf(node.items ?? {}, `${path}[]`)];
  }
  return [{ path, holds: leafHolds(node), meaning }];
}

const messages: readonly { readonly title: string; readonly when: string; readonly schema: z.ZodType }[] = [
  {
    title: 'Report',
    when: 'Once for each finished job, signed by the site key. The ledger holds it whole before it goes.',
    schema: Report,
  },
  {
    title: 'Job state',
    when: 'When a job is held, accepted, started, refused or failed. The ledger holds it whole before it goes.',
    schema: JobStateChange,
  },
  {
    title: 'Progress',
    when: 'About once a second while a job runs, and only after the floors were met. The ledger sums count and bytes.',
    schema: JobProgress,
  },
  {
    title: 'Enrolment statement',
    when: 'Once, signed by the new site key, together with the one-time token of the kit. The ledger holds the statement.',
    schema: EnrolmentStatement,
  },
  {
    title: 'Change of the site key',
    when: 'When the site changes its key: signed by the old key and by the new one. The ledger holds it whole before it goes.',
    schema: KeyRotation,
  },
  {
    title: 'Opening',
    when: 'At the start of each connection. The ledger sums count and bytes.',
    schema: LinkOpening,
  },
  {
    title: 'Site hello',
    when: 'The signed answer to the coordinator’s challenge, on each connection. The ledger sums count and bytes.',
    schema: SiteHello,
  },
];

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ path, holds, meaning }) => `| \`${path}\` | ${cell(holds)} | ${cell(meaning)} |`,
  );
  return ['| field | holds | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The page as prettier writes it. */
export async function reportFieldsPage(): Promise<string> {
  const sections = messages.map(({ title, when, schema }) => {
    const fields = fieldsOf(z.toJSONSchema(schema) as SchemaNode);
    return `## ${title}\n\n${when}\n\n${table(fields)}`;
  });
  const text = `# Every field that can leave a site

Made from the schemas by \`npm run docs:report\`; do not edit. An unknown field is refused at both ends. \`[]\` is an entry of
a list, \`:x\` an option. Besides these, a site asks for protocols and models by their digests, and every request carries
what HTTP itself needs (address, session, length).

${sections.join('\n\n')}
`;
  return format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await reportFieldsPage());
