// Parsers of files that people and archives hand to an agent: kit, policy, labels, radiographs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CarriedReceipt } from '@sidemark/core/contract';
import { grayImage } from '@sidemark/core/imaging';
import { readDicom, writeDicom } from '@sidemark/dicom';
import fc from 'fast-check';
import { readCarried } from '../../apps/site-agent/src/carried/carried-file.ts';
import { JobFile } from '../../apps/site-agent/src/carried/job-file.reader.ts';
import { carriedJob, jobFileOf } from '../../apps/site-agent/src/carried/job-file.sample.ts';
import { labelRows } from '../../apps/site-agent/src/dataset/rows/label-rows.ts';
import { readLabels } from '../../apps/site-agent/src/dataset/rows/labels.reader.ts';
import { readKit } from '../../apps/site-agent/src/enrolment/kit.reader.ts';
import { kitFor } from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { policyTemplate } from '../../apps/site-agent/src/policy/policy.schema.ts';
import { PolicyStore } from '../../apps/site-agent/src/policy/policy.store.ts';
import { always, doneOrRefused, patience, spoiltBytes, spoiltText, spoiltValue } from './fuzz.ts';

const folder = mkdtempSync(join(tmpdir(), 'sidemark-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const kept = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('is read or refused, whatever is in it:', () => {
  const kit = kitFor('https://trial.example');
  it(
    'a kit',
    () =>
      always(
        fc.oneof(
          spoiltText(JSON.stringify(kit)),
          spoiltValue(kit).map((value) => JSON.stringify(value) ?? ''),
        ),
        async (text) => {
          await doneOrRefused(() => readKit(kept('kit.json', text), new Date(0)));
        },
      ),
    patience,
  );

  const policy = policyTemplate.replace('protocols: {}', `protocols:\n  ${'a'.repeat(64)}: refuse`);
  it(
    'policy.yaml, and one that does not fit holds every job',
    () =>
      always(
        fc.oneof(
          spoiltText(policy),
          fc.string().map((text) => Buffer.from(text)),
        ),
        async (bytes) => {
          await doneOrRefused(async () => {
            const reading = await new PolicyStore(kept('policy.yaml', bytes)).read();
            if (reading.source === 'invalid') expect(reading.policy.default).toBe('hold');
            expect(reading.policy.floors.minPatientsPerClass).toBeGreaterThanOrEqual(5);
          });
        },
      ),
    patience,
  );

  const labels =
    'path,label,patient_id,class,mask,view,sex,age,split\n' +
    'a.png,1,p1,0,m.png,PA,F,054Y,test\n"sub\\b.png",0,"p,2",1,,AP,M,1-5,\n';
  it(
    'a labels file, whose rows stay inside the folder',
    () =>
      always(fc.oneof(spoiltText(labels), spoiltBytes(Buffer.from(labels, 'utf16le'))), async (bytes) => {
        await doneOrRefused(async () => {
          const file = await readLabels(kept('labels.csv', bytes));
          const wanted = { names: {}, classes: [], where: {}, allowExtraColumns: true };
          for (const { path, label, patient } of labelRows(file, wanted).drafts) {
            expect(path).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
            expect([0, 1]).toContain(label);
            expect(patient).not.toBe('');
          }
        });
      }),
    patience,
  );

  const job = carriedJob('a'.repeat(64), new Date(0));
  it(
    'a carried job, whose models lie behind its first line',
    () =>
      always(
        fc.oneof(
          spoiltBytes(jobFileOf(job, [Buffer.from('onnx')])),
          spoiltBytes(jobFileOf(job, [Buffer.from('onnx')]), 300),
          spoiltValue(job).map((value) => jobFileOf(value ?? null)),
        ),
        async (bytes) => {
          await doneOrRefused(async () => {
            const file = await JobFile.open(kept('carried.job', bytes));
            try {
              expect(file.bodyAt).toBeLessThanOrEqual(bytes.length);
              expect(file.header.models.length).toBeGreaterThan(0);
              for await (const chunk of file.bytes(file.bodyAt, 1_000))
                expect(chunk.length).toBeGreaterThan(0);
            } finally {
              await file.close();
            }
          });
        },
      ),
    patience,
  );

  const receipt = { schema: 'sidemark.carried-receipt/1', delegation: job.delegation, receipt: job.offer };
  it(
    'a carried receipt',
    () =>
      always(
        fc.oneof(
          spoiltText(JSON.stringify(receipt)),
          spoiltValue(receipt).map((value) => Buffer.from(JSON.stringify(value) ?? '')),
        ),
        async (bytes) => {
          await doneOrRefused(() => readCarried(kept('carried.receipt', bytes), CarriedReceipt));
        },
      ),
    patience,
  );

  const pixels = Uint16Array.from({ length: 63 }, (_, i) => (i * 7919) % 4096);
  const meta = { uidSeed: 'film', patientId: 'P-1', sex: 'F', ageYears: 54, viewPosition: 'PA' } as const;
  const film = writeDicom({ image: grayImage(9, 7, pixels, 12), meta });
  it.each([
    ['anywhere', film.length],
    ['in its header', 400],
  ])(
    'a radiograph damaged %s, and what is read has the pixels it says',
    (_, most) =>
      always(spoiltBytes(film, most), async (bytes) => {
        await doneOrRefused(async () => {
          const image = await readDicom(bytes);
          expect(image.pixels).toHaveLength(image.width * image.height);
          expect([image.rescale.slope, image.rescale.intercept].every(Number.isFinite)).toBe(true);
        });
      }),
    patience,
  );
});
