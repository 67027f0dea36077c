// What lies in the data directory: key, policy, ledger, models, datasets.
import { readdir } from 'node:fs/promises';
import type { HealthFinding } from '@sidemark/core/contract';
import { type DatasetSample, sampleOf } from './film-sample.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { judgeLedger } from '../egress/ledger-verdict.ts';
import { findEnrolment } from '../identity/enrolment.store.ts';
import { findKeyFace } from '../identity/key.store.ts';
import { checkCanaries } from '../inference/check-canaries.ts';
import { onnxruntimeVersion } from '../inference/runtime-version.ts';
import type { LocalModel } from '../models/local-model.ts';
import { ModelStore } from '../models/model.store.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { assertPrivate, type DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { bad, finding, good, look } from './finding.ts';

export function examineHoldings(directory: DataDirectory): Promise<HealthFinding>[] {
  return [
    finding('data directory', async () => {
      await assertPrivate(directory.root);
      return good('data directory', 'private to this user');
    }),
    finding('site key', () => examineKey(directory)),
    finding('policy', () => examinePolicy(directory)),
    finding('egress ledger', () => examineLedger(directory)),
  ];
}

async function examineKey(directory: DataDirectory): Promise<HealthFinding> {
  const [enrolment, key] = [await findEnrolment(directory), await findKeyFace(directory.siteKey)];
  if (enrolment === undefined || key === undefined)
    return bad(
      'site key',
      'not enrolled',
      'Enrol with the kit of the trial office: sidemark agent enrol KIT.',
    );
  const found = `${enrolment.siteName}, key ${key.keyId.slice(0, 16)}`;
  return key.locked
    ? good('site key', `${found}, locked with a passphrase`)
    : look(
        'site key',
        `${found}, without a passphrase`,
        'Lock it: sidemark key passphrase. Without one the console cannot approve.',
      );
}

async function examinePolicy({ policy }: DataDirectory): Promise<HealthFinding> {
  const reading = await new PolicyStore(policy).read();
  if (reading.source === 'invalid') {
    const { problems } = reading.problem.details;
    return bad('policy', Array.isArray(problems) ? problems.join('; ') : 'invalid', reading.problem.message);
  }
  const { default: ruling, floors } = reading.policy;
  const found = `${ruling}, at least ${floors.minPatientsPerClass} patients in each class`;
  return reading.source === 'file'
    ? good('policy', found)
    : look('policy', `no policy.yaml: ${found}`, 'Write one and read it through: sidemark policy init.');
}

async function examineLedger(directory: DataDirectory): Promise<HealthFinding> {
  const acknowledged = (await new OutboxStore(directory).receipts()).map(({ item }) => item.payloadDigest);
  const { entries, firstBroken, missingReports } = judgeLedger(
    await new LedgerStore(directory.ledger).lines(),
    acknowledged,
  );
  if (firstBroken === null && missingReports.length === 0)
    return good('egress ledger', `${entries} entries, the chain holds`);
  const found =
    firstBroken === null
      ? `${missingReports.length} acknowledged reports are not in it`
      : `broken at line ${firstBroken}`;
  return bad('egress ledger', found, 'Keep the file as it is, and find out who edited it.');
}

export function examineModels({ models }: DataDirectory): Promise<HealthFinding> {
  return finding('models', async () => {
    const store = new ModelStore(models);
    const names = await onDisk(() => readdir(models));
    const digests = names.flatMap((name) => /^([0-9a-f]{64})\.onnx$/.exec(name)?.[1] ?? []);
    const changed: string[] = [];
    for (const digest of digests) if (!(await store.isWhole(digest))) changed.push(digest.slice(0, 12));
    if (changed.length > 0)
      return bad(
        'models',
        `${changed.length} of ${digests.length} are not what was fetched: ${changed.join(', ')}`,
        'Nothing to do but to look at this disk: they are fetched again with the next job.',
      );
    const local = await localModels(store, digests);
    await checkCanaries(local);
    return good(
      'models',
      local.length === 0
        ? `none is here yet; onnxruntime ${onnxruntimeVersion}`
        : `${local.length} whole, and they give their published answers on onnxruntime ${onnxruntimeVersion}`,
    );
  });
}

async function localModels(store: ModelStore, digests: readonly string[]): Promise<LocalModel[]> {
  const found = await Promise.all(
    digests.map(async (sha256) => ({
      sha256,
      path: store.pathOf(sha256),
      manifest: await store.manifest(sha256),
    })),
  );
  return found.flatMap(({ manifest, ...model }) => (manifest === undefined ? [] : [{ ...model, manifest }]));
}

/** A few films of each dataset are read, whatever their syntax: codecs and folders are as they should be. */
export function examineDicom(directory: DataDirectory): Promise<HealthFinding> {
  return finding('DICOM', async () => {
    const sample: DatasetSample = await sampleOf(directory);
    if (sample.datasets === 0)
      return look(
        'DICOM',
        'no dataset is registered, so no film was read',
        'Register one: sidemark dataset add FOLDER --csv FILE --study ID.',
      );
    const found = `${sample.read} of ${sample.asked} films of ${sample.datasets === 1 ? 'the dataset' : `${sample.datasets} datasets`} read (${sample.formats.join('; ')})`;
    return sample.read === sample.asked
      ? good('DICOM', found)
      : bad(
          'DICOM',
          found,
          'See which, and why: sidemark dataset check FOLDER, or a file with sidemark dicom decode FILE. The folder may not be mounted.',
        );
  });
}
