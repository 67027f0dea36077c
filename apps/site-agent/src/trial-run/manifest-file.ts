// An ONNX file with the manifest that a person is writing for it: what the file knows is filled in, what is open is named.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Canary, classifierIssues, issueLines, Manifest, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import { usageError } from '@sidemark/terminal';
import type { LocalModel } from '../models/local-model.ts';

export interface ModelOnTrial {
  readonly model: LocalModel;
  /** false: the manifest has no canaries yet; those in `model` are none that it must pass */
  readonly sealed: boolean;
}

const noCanary: Canary = {
  pattern: 'ramp',
  range: [0, 1],
  inputSha256: '0'.repeat(64),
  outputs: {},
  atol: 0,
  rtol: 0,
};

/**
 * @throws DomainError `usage` where a file cannot be read; `manifest-invalid` with every problem and every question that
 * is still open; `model-digest-mismatch` where the manifest is of another file
 */
export async function modelOnTrial(onnx: string, manifestFile: string): Promise<ModelOnTrial> {
  const path = resolve(onnx);
  const bytes = await readFile(path).catch(() => {
    throw usageError(`the file cannot be read: ${onnx}`);
  });
  const digest = sha256(bytes);
  const draft = await readDraft(manifestFile);
  const open = { sha256: isOpen(draft['sha256']), canary: isOpen(draft['canary']) };
  const filled = {
    ...draft,
    ...(open.sha256 ? { sha256: digest } : {}),
    ...(open.canary ? { canary: [noCanary] } : {}),
  };
  const manifest = manifestOf(filled);
  if (manifest.sha256 !== digest)
    throw new DomainError('model-digest-mismatch', { promised: manifest.sha256, found: digest });
  return { model: { sha256: digest, path, manifest }, sealed: !open.canary };
}

/** A missing field, or the question of `model inspect`. */
function isOpen(value: unknown): boolean {
  return value === undefined || questionIn(value) !== undefined;
}

function questionIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('?' in value)) return undefined;
  return typeof value['?'] === 'string' ? value['?'] : undefined;
}

async function readDraft(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw usageError(`the file cannot be read: ${file}`);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  throw usageError(`${file} is no manifest`);
}

function manifestOf(filled: object): Manifest {
  const open = openQuestions(filled);
  if (open.length > 0) throw new DomainError('manifest-invalid', { issues: open });
  const parsed = readWith(Manifest, filled);
  const issues = parsed.success
    ? parsed.data.role === 'classifier'
      ? classifierIssues(parsed.data)
      : []
    : issueLines(parsed.error.issues, 'manifest');
  if (!parsed.success || issues.length > 0) throw new DomainError('manifest-invalid', { issues });
  return parsed.data;
}

function openQuestions(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const question = questionIn(value);
  if (question !== undefined) return [`${path}: not answered yet. ${question}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    openQuestions(inner, path === '' ? key : `${path}.${key}`),
  );
}
