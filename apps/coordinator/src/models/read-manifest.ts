// Reading a manifest that a person wrote: all its problems at once, each with the path where it is.
import { classifierIssues, issueLines, Manifest, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

/** @throws DomainError `manifest-invalid` with `issues`: path and problem, unknown fields by name. */
export function readManifest(value: unknown): Manifest {
  const parsed = readWith(Manifest, value);
  if (!parsed.success)
    throw new DomainError('manifest-invalid', { issues: issueLines(parsed.error.issues, 'manifest') });
  const issues = [...contradictions(parsed.data), ...unspeakable(parsed.data)];
  if (issues.length > 0) throw new DomainError('manifest-invalid', { issues });
  return parsed.data;
}

function contradictions(manifest: Manifest): string[] {
  const outputs = manifest.outputs.map(({ name }) => name);
  const issues = repeated(outputs).map((name) => `outputs: "${name}" is named twice`);
  manifest.canary.forEach((canary, index) => {
    for (const [name, { indices, values }] of Object.entries(canary.outputs)) {
      const path = `canary.${index}.outputs.${name}`;
      if (!outputs.includes(name)) issues.push(`${path}: no output of the model has this name`);
      if (indices.length !== values.length)
        issues.push(`${path}: ${indices.length} indices for ${values.length} values`);
    }
  });
  return manifest.role === 'classifier' ? [...issues, ...classifierIssues(manifest)] : issues;
}

/** Text that PostgreSQL's JSON cannot hold. */
function unspeakable(manifest: Manifest): string[] {
  const issues: string[] = [];
  JSON.stringify(manifest, (key, value: unknown) => {
    if (typeof value === 'string' && (value.includes('\0') || /\p{Surrogate}/u.test(value))) {
      issues.push(`${key}: holds a character that is no text`);
    }
    return value;
  });
  return issues;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
