// A site for tests, put into the database as if it had enrolled, been approved and answered a challenge.
import type { INestApplication } from '@nestjs/common';
import { type SigningKey, signingKeyFromSeed } from '@sidemark/core/signing';
import { tokenHash } from '../auth/tokens.ts';
import { Database } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';

export interface SampleSite {
  readonly id: string;
  readonly study: string;
  readonly key: SigningKey;
  /** of a session that lasts an hour */
  readonly token: string;
}

export async function addSampleStudy(app: INestApplication, name: string): Promise<string> {
  const id = app.get(Random).uuid();
  const data = { id, name, title: name, createdAt: new Date() };
  await app.get(Database).transaction((tx) => tx.study.create({ data }));
  return id;
}

export async function addSampleSite(app: INestApplication, study: string, name: string): Promise<SampleSite> {
  const random = app.get(Random);
  const id = random.uuid();
  const data = {
    id,
    studyId: study,
    name,
    role: 'external' as const,
    state: 'approved' as const,
    createdAt: new Date(),
  };
  await app.get(Database).transaction((tx) => tx.site.create({ data }));
  const key = await addSampleKey(app, id);
  const token = random.secret();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const session = { tokenHash: tokenHash(token), siteId: id, keyId: key.keyId, expiresAt };
  await app.get(Database).transaction((tx) => tx.siteSession.create({ data: session }));
  return { id, study, key, token };
}

/** One more key of a site. */
export async function addSampleKey(app: INestApplication, siteId: string): Promise<SigningKey> {
  const key = signingKeyFromSeed(app.get(Random).bytes(32));
  const publicKey = Buffer.from(key.publicKey).toString('base64');
  const data = { keyId: key.keyId, publicKey, role: 'site' as const, siteId, validFrom: new Date(0) };
  await app.get(Database).transaction((tx) => tx.key.create({ data }));
  return key;
}
