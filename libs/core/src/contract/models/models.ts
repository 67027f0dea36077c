// Model versions as the coordinator keeps them, and the statement that releases one.
import { z } from 'zod';
import { Envelope } from '../trust/envelope.ts';
import { Instant, Sha256, Slug, Version } from '../ids.ts';
import { Manifest, ModelRole } from './manifest.ts';

export const ModelState = z.enum(['registered', 'released', 'withdrawn']);
export type ModelState = z.infer<typeof ModelState>;

export const ModelVersion = z.strictObject({
  sha256: Sha256,
  manifestSha256: Sha256,
  name: Slug,
  version: Version,
  role: ModelRole,
  state: ModelState,
  sizeBytes: z.int().min(1),
  manifest: Manifest,
  createdAt: Instant,
});
export type ModelVersion = z.infer<typeof ModelVersion>;

export const ModelVersionList = z.array(ModelVersion);
export const RegisterModel = z.strictObject({
  manifest: z.unknown().describe('a manifest, schema sidemark.model/1'),
});

/** Signed by the release key: these bytes with this manifest are this version. */
export const ModelRelease = z.strictObject({
  schema: z.literal('sidemark.model-release/1'),
  name: Slug,
  version: Version,
  role: ModelRole,
  sha256: Sha256,
  sizeBytes: z.int().min(1),
  manifestSha256: Sha256,
  releasedAt: Instant,
});
export type ModelRelease = z.infer<typeof ModelRelease>;

/** What a site fetches before the bytes. */
export const ReleasedModel = z.strictObject({ release: Envelope, manifest: Manifest });
export type ReleasedModel = z.infer<typeof ReleasedModel>;

export const UploadedBlob = z.strictObject({ sha256: Sha256, sizeBytes: z.int().min(1) });
export type UploadedBlob = z.infer<typeof UploadedBlob>;
